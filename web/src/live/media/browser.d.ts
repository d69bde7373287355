/** What browsers have and TypeScript's library does not know yet. */
declare class MediaStreamTrackProcessor {
	constructor(init: { track: MediaStreamTrack; maxBufferSize?: number });
	readonly readable: ReadableStream<VideoFrame>;
}
declare const ManagedMediaSource: typeof MediaSource | undefined;
declare module 'hls.js/light' {
	export { default } from 'hls.js';
}
