import type { PlaySource } from '@kaishi/protocol/live';
import { type EgressClient, EgressStatus, EncodingOptionsPreset, StreamOutput, StreamProtocol, TwirpError } from 'livekit-server-sdk';
import type { PictureStep } from '../stage/messages.ts';
import type { EmbeddedEngine } from './embedded-engine.ts';
import type { EngineShow } from './live-engine.ts';
import type { StreamEvent } from './stream-source.ts';

export interface LiveKitArchiveOptions {
	egress: Pick<EgressClient, 'startRoomCompositeEgress' | 'stopEgress' | 'listEgress'>;
	/** Keeps and plays what the egress sends. */
	engine: EmbeddedEngine;
	/** Where the egress reaches our RTMP door, with the application's name. */
	url: string;
}

/** Of a stream key that no host is ever shown. */
const KEY_GENERATION = -1;
/** A browser on the egress's side, an encoder and RTMP lie in between. */
const DETOUR_MS = 2500;
/** Of one show: an egress that cannot reach us ends at once, each time. */
const MAX_STARTS = 20;
const RUNNING: readonly EgressStatus[] = [EgressStatus.EGRESS_STARTING, EgressStatus.EGRESS_ACTIVE];

/**
 * Keeps what a LiveKit server carries: its egress mixes a room and sends it to our own RTMP door. Recording, chapters, clips and playing
 * without WebRTC are then the same as for any other show.
 */
export class LiveKitArchive {
	readonly #options: LiveKitArchiveOptions;
	readonly #starts = new Map<string, number>();

	constructor(options: LiveKitArchiveOptions) {
		this.#options = options;
	}

	open(show: EngineShow): Promise<void> {
		return this.#options.engine.open({ ...show, keyGeneration: KEY_GENERATION });
	}

	/** Has the room sent to us, unless it already is. `isUpright`: higher than wide. */
	async start(showId: string, host: string, isUpright: boolean): Promise<void> {
		const { egress, engine, url } = this.#options;
		if ((await this.#running(showId)).length > 0) return;
		const starts = (this.#starts.get(showId) ?? 0) + 1;
		if (starts > MAX_STARTS) throw new Error('LiveKit’s egress ends again and again');
		this.#starts.set(showId, starts);
		const { key = '' } = await engine.publishTicket(showId, host, 'rtmp');
		const output = new StreamOutput({ protocol: StreamProtocol.RTMP, urls: [`${url}/${key}`] });
		const encodingOptions = isUpright ? EncodingOptionsPreset.PORTRAIT_H264_720P_30 : EncodingOptionsPreset.H264_720P_30;
		await egress.startRoomCompositeEgress(showId, output, { layout: 'speaker', encodingOptions });
	}

	step(showId: string, step: PictureStep): Promise<void> {
		return this.#options.engine.step(showId, step);
	}

	async close(showId: string, reason: 'host' | 'closed'): Promise<void> {
		this.#starts.delete(showId);
		await this.#options.engine.close(showId, reason);
		for (const { egressId } of await this.#running(showId)) await this.#options.egress.stopEgress(egressId).catch(ignoreEnded);
	}

	/** For browsers that reach no LiveKit server. */
	async sources(showId: string, viewer: string): Promise<PlaySource[]> {
		const { sources } = await this.#options.engine.playTicket(showId, viewer);
		return sources.map((source) => ({ ...source, expectedLatencyMs: source.expectedLatencyMs + DETOUR_MS }));
	}

	/** Tells of recordings alone: what happens to the show itself, LiveKit says. */
	onEvent(listener: (showId: string, event: StreamEvent) => void): void {
		this.#options.engine.onEvent((showId, event) => {
			if (event.type === 'recorded' || event.type === 'recording-failed') listener(showId, event);
		});
	}

	async #running(roomName: string) {
		const all = await this.#options.egress.listEgress({ roomName, active: true });
		return all.filter(({ status }) => RUNNING.includes(status));
	}
}

/** It ended by itself in the meantime. */
function ignoreEnded(error: unknown): void {
	if (!(error instanceof TwirpError) || (error.status !== 404 && error.status !== 412)) throw error;
}
