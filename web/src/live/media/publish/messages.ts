import type { PublishTicket } from '@kaishi/protocol/live';
import type { RenditionPlan } from './renditions.ts';

/** Where frames come from: read in the worker, read here and handed over, or one by one where a browser knows no processor. */
export type PictureSource = { kind: 'stream'; frames: ReadableStream<VideoFrame> } | { kind: 'track'; track: MediaStreamTrack } | { kind: 'single' };

/** From the page to the publisher's worker. */
export type CastOrder =
	| { do: 'picture'; source: PictureSource; framesPerSecond: number }
	| { do: 'frame'; frame: VideoFrame }
	| { do: 'sound'; port: MessagePort }
	| { do: 'publish'; showId: string }
	| { do: 'pause' }
	| { do: 'resume' }
	| { do: 'end' }
	| { do: 'network'; online: boolean }
	| { do: 'stop' };

/** How the show leaves this machine, once a second. */
export interface CastHealth {
	/** What the encoders make, together. */
	kbps: number;
	framesPerSecond: number;
	/** Frames that this machine was too slow for, since the start. */
	skippedFrames: number;
	/** Frames the server could not use, since the start; `null` while not live. */
	droppedFrames: number | null;
	roundTripMs: number | null;
	viewers: number | null;
	renditions: RenditionPlan[];
	/** Share of the planned bit rate that the line carries. */
	share: number;
}

export type LinkState = 'off' | 'connecting' | 'live' | 'reconnecting' | 'closed';

/** From the worker to the page. */
export type CastNews =
	| { type: 'health'; health: CastHealth }
	| { type: 'link'; state: LinkState; reason?: string }
	/** Not we carry the picture, but a LiveKit room. */
	| { type: 'elsewhere'; ticket: PublishTicket }
	/** The picture cannot be encoded here at all. */
	| { type: 'failed'; reason: string };
