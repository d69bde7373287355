import type { PublisherNews } from '@kaishi/protocol/live';

/** Whoever sends a show's picture: a browser's socket, an encoder over RTMP. */
export interface StreamSource {
	/** Account in lower case. */
	readonly account: string;
	/** Tells it, if it listens. */
	tell(news: PublisherNews): void;
	/** Asks for a key picture, where that can be asked. */
	requestKey(rendition: number): void;
	close(reason: string): void;
}

export type StreamState = 'waiting' | 'live' | 'paused' | 'away' | 'ended';

/** What the market is told of a show's picture. Times are the wall's, ms. */
export type StreamEvent =
	| { type: 'started'; atMs: number }
	| { type: 'away' | 'back' | 'paused' | 'resumed'; atMs: number }
	| { type: 'ended'; atMs: number; reason: EndReason }
	/** All of it is on the disk. */
	| { type: 'recorded'; atMs: number }
	| { type: 'recording-failed'; atMs: number; reason: string };
/** `host`: said so; `timeout`: did not come back; `closed`: the market ended it. */
export type EndReason = 'host' | 'timeout' | 'closed';
