import { join } from 'node:path';
import type { PlayTicket, PublishDoor, PublishTicket, StreamHealth } from '@kaishi/protocol/live';
import { Refusal } from '@kaishi/protocol/platform/errors';
import type { PictureStep, StageShow } from '../stage/messages.ts';
import type { StageClient } from '../stage/stage-client.ts';
import type { Capabilities, EngineShow, LiveEngine } from './live-engine.ts';
import type { StreamEvent } from './stream-source.ts';
import type { Tickets } from './tickets.ts';

export interface EmbeddedEngineOptions {
	stage: Pick<StageClient, 'open' | 'close' | 'step' | 'unpublish' | 'health' | 'whereabouts'>;
	tickets: Tickets;
	/** Recordings are kept below it. */
	directory: string;
	/** Of one recording. */
	maxRecordingBytes: number;
	/** What hosts type into their encoder, without the port. */
	rtmpHost: string;
	/** Whether there is an RTMP door. */
	hasRtmp: boolean;
	/** The market's own address, where encoders may send by WebRTC; absent: they may not. */
	whipOrigin?: string | null;
	/** Seconds of waiting for a host who is gone. */
	patienceSeconds: number;
	/** Unix seconds. */
	now?: () => number;
}

/** Each connection asks for its own. */
const PUBLISH_SECONDS = 600;
const PLAY_SECONDS = 6 * 3600;
const BROWSER_LATENCY_MS = 300;
const HLS_LATENCY_MS = 1500;

/** The engine in this house: WebSocket and RTMP in, WebSocket and HLS out, all on the stage. */
export class EmbeddedEngine implements LiveEngine {
	readonly name = 'embedded';
	readonly #options: EmbeddedEngineOptions;
	readonly #listeners = new Set<(showId: string, event: StreamEvent) => void>();
	readonly #shows = new Map<string, StageShow>();
	readonly #now: () => number;

	constructor(options: EmbeddedEngineOptions) {
		this.#options = options;
		this.#now = options.now ?? (() => Date.now() / 1000);
	}

	capabilities(): Capabilities {
		const { hasRtmp, whipOrigin } = this.#options;
		const doors: PublishDoor[] = ['browser', ...(hasRtmp ? (['rtmp'] as const) : []), ...(whipOrigin ? (['whip'] as const) : [])];
		return { doors, plays: ['ws-fmp4', 'll-hls'], renditions: true, coHosts: false, recorded: true, maxViewersPerShow: 5000 };
	}

	async open({ showId, host, record, keyGeneration, isUnderWay = false, isEarly = false, isPaused = false }: EngineShow): Promise<void> {
		const { stage, tickets, directory, maxRecordingBytes, hasRtmp, whipOrigin, patienceSeconds } = this.#options;
		const known = this.#shows.get(showId);
		const show: StageShow = {
			showId,
			host,
			recordingDirectory: record ? join(directory, showId) : null,
			recordingBytes: maxRecordingBytes,
			streamKey: hasRtmp || whipOrigin ? tickets.streamKey(showId, keyGeneration) : null,
			patienceMs: patienceSeconds * 1000,
			isUnderWay,
			// A show that has begun does not become an early one again.
			isEarly: isEarly && (known?.isEarly ?? true),
			isPaused,
		};
		if (known && known.host === host && known.streamKey === show.streamKey && known.isEarly === show.isEarly) return;
		this.#shows.set(showId, show);
		stage.open(show);
	}

	async publishTicket(showId: string, account: string, door: PublishDoor): Promise<PublishTicket> {
		const expiresAt = Math.floor(this.#now()) + PUBLISH_SECONDS;
		if (door === 'browser') {
			const ticket = this.#options.tickets.issue('publish', showId, account, expiresAt);
			return { door, engine: this.name, url: `/api/live/${showId}/publish`, ticket, expiresAt };
		}
		const show = this.#shows.get(showId);
		const { whipOrigin, hasRtmp } = this.#options;
		if (door === 'whip' && whipOrigin && show?.streamKey)
			return { door, engine: this.name, url: `${whipOrigin}/api/live/${showId}/whip`, key: show.streamKey, expiresAt };
		if (door !== 'rtmp' || !hasRtmp || !show?.streamKey) throw new Refusal('Live_UnknownDoor', 'invalid', { door });
		const { rtmpPort } = await this.#options.stage.whereabouts();
		if (rtmpPort === null) throw new Refusal('Live_UnknownDoor', 'invalid', { door });
		return { door, engine: this.name, url: `rtmp://${this.#options.rtmpHost}:${rtmpPort}/live`, key: show.streamKey, expiresAt };
	}

	async playTicket(showId: string, viewer: string): Promise<PlayTicket> {
		const expiresAt = Math.floor(this.#now()) + PLAY_SECONDS;
		const ticket = this.#options.tickets.issue('watch', showId, viewer, expiresAt);
		return {
			sources: [
				{ kind: 'ws-fmp4', url: `/api/live/${showId}/watch`, ticket, expectedLatencyMs: BROWSER_LATENCY_MS },
				// Without a ticket: the same addresses for everybody, so that a cache in front can keep them.
				{ kind: 'll-hls', url: `/api/live/${showId}/hls/index.m3u8`, expectedLatencyMs: HLS_LATENCY_MS },
			],
			expiresAt,
		};
	}

	async step(showId: string, step: PictureStep): Promise<void> {
		const show = this.#shows.get(showId);
		if (!show) return;
		this.#shows.set(showId, { ...show, isEarly: show.isEarly && step !== 'begin' });
		this.#options.stage.step(showId, step);
	}

	async kick(showId: string, account: string): Promise<void> {
		this.#options.stage.unpublish(showId, account.toLowerCase());
	}

	async close(showId: string, reason: 'host' | 'closed'): Promise<void> {
		if (this.#shows.delete(showId)) this.#options.stage.close(showId, reason);
	}

	health(showId: string): Promise<StreamHealth | null> {
		return this.#options.stage.health(showId);
	}

	onEvent(listener: (showId: string, event: StreamEvent) => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	/** What the stage says of a show. */
	hear(showId: string, event: StreamEvent): void {
		if (event.type === 'ended') this.#shows.delete(showId);
		for (const listener of this.#listeners) listener(showId, event);
	}
}
