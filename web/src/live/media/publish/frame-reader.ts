import type { PictureSource } from './messages.ts';

/** Hands over every frame until it is told to stop. A track is read here, as browsers after the standard want it. */
export function readFrames(source: Exclude<PictureSource, { kind: 'single' }>, onframe: (frame: VideoFrame) => void): () => void {
	const frames = source.kind === 'stream' ? source.frames : new MediaStreamTrackProcessor({ track: source.track }).readable;
	const reader = frames.getReader();
	const read = async () => {
		for (;;) {
			const { value, done } = await reader.read();
			if (done) return;
			onframe(value);
		}
	};
	read().catch(() => undefined);
	return () => void reader.cancel().catch(() => undefined);
}
