import * as v from 'valibot';

/** How a picture comes in. */
export const publishDoors = ['browser', 'rtmp', 'whip'] as const;
export type PublishDoor = (typeof publishDoors)[number];
/** What carries pictures: this market itself, or a LiveKit server. */
export type EngineName = 'embedded' | 'livekit';
/** How it goes out. */
export const playKinds = ['ws-fmp4', 'll-hls', 'livekit'] as const;
export type PlayKind = (typeof playKinds)[number];

/** POST /api/live/<show>/publish-ticket → `PublishTicket`; the host only. */
export const publishTicketBody = v.strictObject({ door: v.picklist(publishDoors) });
export type PublishTicketBody = v.InferInput<typeof publishTicketBody>;

export interface PublishTicket {
	door: PublishDoor;
	/** Whom a browser sends to: a socket of the market's, or a room of LiveKit's. */
	engine: EngineName;
	/** Browser: the socket's address, relative to the market, or LiveKit's. RTMP and WHIP: what goes into OBS as server. */
	url: string;
	/** RTMP: the stream key; WHIP: the bearer token. */
	key?: string;
	ticket?: string;
	/** Unix seconds. */
	expiresAt: number;
}

/**
 * What a socket that needs a ticket asks for as its subprotocols: these two, of which the server takes the first. Addresses end in the logs of
 * whatever stands between, subprotocols do not.
 */
export const ticketProtocols = (ticket: string): [string, string] => [TICKET_PROTOCOL, ticket];
export const TICKET_PROTOCOL = 'kaishi-ticket';

/** GET /api/live/<show>/engine; the host only. */
export interface EngineView {
	name: EngineName;
	doors: PublishDoor[];
	/** Whether shows are recorded: without it there is no replay. */
	recorded: boolean;
}

/** POST /api/live/<show>/play-ticket → `PlayTicket`. Sources in the order to try them. */
export interface PlaySource {
	kind: PlayKind;
	url: string;
	ticket?: string;
	expectedLatencyMs: number;
}
export interface PlayTicket {
	sources: PlaySource[];
	/** Unix seconds. */
	expiresAt: number;
}

/** GET /api/live/<show>/health; the host only. */
export interface StreamHealth {
	live: boolean;
	viewers: number;
	kbps: number;
	droppedFrames: number;
	/** From the host's encoder to the server, milliseconds; null: not known. */
	latencyMs: number | null;
	renditions: RenditionView[];
}

/** Rendition 0 is the best; −1 asks for sound alone. */
export interface RenditionView {
	id: number;
	width: number;
	height: number;
	kbps: number;
}
export const AUDIO_ONLY = -1;

/** Binary frames of the publish socket: `[u8 type][u8 rendition][f64be timestamp µs][u32be duration µs][payload]`. */
export const publishFrameTypes = { config: 0, key: 1, delta: 2, audio: 3 } as const;
export const PUBLISH_HEADER_BYTES = 14;

/** Payload of a config frame, as JSON. `description`: base64 of the decoder configuration (avcC). */
export const trackConfig = v.variant('kind', [
	v.strictObject({
		kind: v.literal('video'),
		rendition: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(3)),
		codec: v.pipe(v.string(), v.maxLength(40)),
		description: v.pipe(v.string(), v.maxLength(4000)),
		width: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(4096)),
		height: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(4096)),
	}),
	v.strictObject({
		kind: v.literal('audio'),
		codec: v.literal('opus'),
		channels: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(2)),
		sampleRate: v.pipe(v.number(), v.integer(), v.minValue(8000), v.maxValue(192_000)),
	}),
]);
export type TrackConfig = v.InferOutput<typeof trackConfig>;

/** Text frames from the publisher. */
export const publisherMessage = v.variant('type', [
	v.strictObject({ type: v.picklist(['pause', 'resume', 'end']) }),
	v.strictObject({ type: v.literal('ping'), at: v.number() }),
]);
export type PublisherMessage = v.InferOutput<typeof publisherMessage>;

/** Text frames to the publisher. */
export type PublisherNews =
	| { type: 'ready' }
	| { type: 'health'; viewers: number; kbps: number; droppedFrames: number }
	| { type: 'keyframe'; rendition: number }
	| { type: 'pong'; at: number; now: number }
	| { type: 'closed'; reason: string };

/** Text frames from the watcher: another rendition. */
export const watcherMessage = v.strictObject({ rendition: v.pipe(v.number(), v.integer(), v.minValue(AUDIO_ONLY), v.maxValue(3)) });
export type WatcherMessage = v.InferOutput<typeof watcherMessage>;

/** Text frames to the watcher. After `init` come the init segment, the fragments of the current group of pictures, then live ones; times in µs. */
export type WatcherNews =
	| { type: 'init'; mime: string; rendition: number; renditions: RenditionView[]; startedAtMs: number }
	| { type: 'away' }
	| { type: 'back' }
	| { type: 'paused' }
	| { type: 'ended' };
