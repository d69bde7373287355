import type { PlayTicket, PublishDoor, PublishTicket, StreamHealth } from '@kaishi/protocol/live';
import { Refusal } from '@kaishi/protocol/platform/errors';
import { AccessToken, IngressClient, IngressInput, RoomServiceClient, TrackSource, TwirpError, type WebhookEvent, WebhookReceiver } from 'livekit-server-sdk';
import type { Capabilities, EngineShow, LiveEngine } from './live-engine.ts';
import type { EndReason, StreamEvent, StreamState } from './stream-source.ts';

export interface LiveKitOptions {
	/** `wss://…` as browsers reach it. */
	url: string;
	apiKey: string;
	apiSecret: string;
	/** Seconds of waiting for a host who is gone. */
	patienceSeconds: number;
	/** Unix seconds. */
	now?: () => number;
}

interface OpenShow {
	host: string;
	keyGeneration: number;
	state: StreamState;
	patience: NodeJS.Timeout | null;
	ingress: { id: string; url: string; key: string } | null;
}

const PUBLISH_SECONDS = 12 * 3600;
const PLAY_SECONDS = 6 * 3600;
const LATENCY_MS = 200;
/** LiveKit keeps a room without people so long, seconds; the show's own patience comes first. */
const EMPTY_SECONDS = 600;
const PICTURES: readonly TrackSource[] = [TrackSource.CAMERA, TrackSource.SCREEN_SHARE];

/** Pictures by a LiveKit server: several hosts at once, WebRTC's latency. Recording is LiveKit's own egress and not ours. */
export class LiveKitEngine implements LiveEngine {
	readonly name = 'livekit';
	readonly #options: LiveKitOptions;
	readonly #rooms: RoomServiceClient;
	readonly #ingress: IngressClient;
	readonly #receiver: WebhookReceiver;
	readonly #listeners = new Set<(showId: string, event: StreamEvent) => void>();
	readonly #shows = new Map<string, OpenShow>();
	readonly #now: () => number;

	constructor(options: LiveKitOptions) {
		const { url, apiKey, apiSecret } = options;
		const api = url.replace(/^ws/, 'http');
		this.#options = options;
		this.#rooms = new RoomServiceClient(api, apiKey, apiSecret);
		this.#ingress = new IngressClient(api, apiKey, apiSecret);
		this.#receiver = new WebhookReceiver(apiKey, apiSecret);
		this.#now = options.now ?? (() => Date.now() / 1000);
	}

	capabilities(): Capabilities {
		return { doors: ['browser', 'rtmp', 'whip'], plays: ['livekit'], renditions: true, coHosts: true, maxViewersPerShow: null };
	}

	async open({ showId, host, keyGeneration, isUnderWay = false }: EngineShow): Promise<void> {
		const known = this.#shows.get(showId);
		if (known) {
			if (known.keyGeneration !== keyGeneration) await this.#dropIngress(known);
			Object.assign(known, { host, keyGeneration });
			return;
		}
		const show: OpenShow = { host, keyGeneration, state: isUnderWay ? 'away' : 'waiting', patience: null, ingress: null };
		this.#shows.set(showId, show);
		await this.#rooms.createRoom({ name: showId, emptyTimeout: EMPTY_SECONDS });
		if (isUnderWay) this.#await(showId, show);
	}

	async publishTicket(showId: string, account: string, door: PublishDoor): Promise<PublishTicket> {
		const show = this.#shows.get(showId);
		if (!show) throw new Refusal('Live_UnknownDoor', 'invalid', { door });
		const expiresAt = Math.floor(this.#now()) + PUBLISH_SECONDS;
		const { url } = this.#options;
		if (door === 'browser') return { door, url, ticket: await this.#token(showId, account, true), expiresAt };
		const input = door === 'rtmp' ? IngressInput.RTMP_INPUT : IngressInput.WHIP_INPUT;
		await this.#dropIngress(show);
		const made = await this.#ingress.createIngress(input, { name: showId, roomName: showId, participantIdentity: account, participantName: account });
		show.ingress = { id: made.ingressId, url: made.url, key: made.streamKey };
		return { door, url: made.url, key: made.streamKey, expiresAt };
	}

	async playTicket(showId: string, viewer: string): Promise<PlayTicket> {
		const ticket = await this.#token(showId, viewer, false);
		const source = { kind: 'livekit' as const, url: this.#options.url, ticket, expectedLatencyMs: LATENCY_MS };
		return { sources: [source], expiresAt: Math.floor(this.#now()) + PLAY_SECONDS };
	}

	async kick(showId: string, account: string): Promise<void> {
		await ignoreMissing(this.#rooms.removeParticipant(showId, account));
	}

	async close(showId: string, reason: 'host' | 'closed'): Promise<void> {
		if (this.#shows.has(showId)) await this.#end(showId, reason);
	}

	async health(showId: string): Promise<StreamHealth | null> {
		const show = this.#shows.get(showId);
		if (!show) return null;
		const people = (await ignoreMissing(this.#rooms.listParticipants(showId))) ?? [];
		const publishing = people.filter(({ tracks }) => tracks.length > 0);
		const viewers = people.length - publishing.length;
		return { live: show.state === 'live', viewers, kbps: 0, droppedFrames: 0, latencyMs: null, renditions: [] };
	}

	onEvent(listener: (showId: string, event: StreamEvent) => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	async webhook(body: string, authorization: string | undefined): Promise<void> {
		const event = await this.#receiver.receive(body, authorization).catch((cause: unknown) => {
			throw new Refusal('Live_InvalidTicket', 'forbidden', {}, { cause });
		});
		const showId = event.room?.name ?? '';
		const show = this.#shows.get(showId);
		if (show) await this.#hear(showId, show, event);
	}

	async #hear(showId: string, show: OpenShow, { event, track, participant }: WebhookEvent): Promise<void> {
		const isPicture = track !== undefined && PICTURES.includes(track.source);
		if (event === 'track_published' && isPicture) this.#appeared(showId, show);
		else if (event === 'track_unpublished' && isPicture) this.#vanished(showId, show);
		else if (event === 'participant_left' && participant?.permission?.canPublish) this.#vanished(showId, show);
		else if (event === 'room_finished') await this.#end(showId, 'closed');
	}

	#appeared(showId: string, show: OpenShow): void {
		if (show.patience) clearTimeout(show.patience);
		show.patience = null;
		const was = show.state;
		show.state = 'live';
		if (was === 'live') return;
		this.#tell(showId, { type: was === 'away' ? 'back' : 'started', atMs: this.#now() * 1000 });
	}

	#vanished(showId: string, show: OpenShow): void {
		if (show.state !== 'live') return;
		show.state = 'away';
		this.#tell(showId, { type: 'away', atMs: this.#now() * 1000 });
		this.#await(showId, show);
	}

	#await(showId: string, show: OpenShow): void {
		show.patience = setTimeout(() => void this.#end(showId, 'timeout').catch(() => undefined), this.#options.patienceSeconds * 1000);
		show.patience.unref();
	}

	async #end(showId: string, reason: EndReason): Promise<void> {
		const show = this.#shows.get(showId);
		if (!show) return;
		this.#shows.delete(showId);
		if (show.patience) clearTimeout(show.patience);
		this.#tell(showId, { type: 'ended', atMs: this.#now() * 1000, reason });
		await this.#dropIngress(show);
		await ignoreMissing(this.#rooms.deleteRoom(showId));
	}

	async #dropIngress(show: OpenShow): Promise<void> {
		const { ingress } = show;
		show.ingress = null;
		if (ingress) await ignoreMissing(this.#ingress.deleteIngress(ingress.id));
	}

	#tell(showId: string, event: StreamEvent): void {
		for (const listener of this.#listeners) listener(showId, event);
	}

	async #token(showId: string, identity: string, canPublish: boolean): Promise<string> {
		const token = new AccessToken(this.#options.apiKey, this.#options.apiSecret, { identity, ttl: canPublish ? PUBLISH_SECONDS : PLAY_SECONDS });
		const sources = [TrackSource.CAMERA, TrackSource.MICROPHONE, TrackSource.SCREEN_SHARE, TrackSource.SCREEN_SHARE_AUDIO];
		// Chat has its own way: nobody sends data through the picture's room.
		const common = { roomJoin: true, room: showId, canSubscribe: true, canPublishData: false, hidden: !canPublish, canPublish };
		token.addGrant(canPublish ? { ...common, canPublishSources: sources } : common);
		return await token.toJwt();
	}
}

/** What is gone already need not go again. */
async function ignoreMissing<T>(asked: Promise<T>): Promise<T | null> {
	return asked.catch((error: unknown) => {
		if (error instanceof TwirpError && error.status === 404) return null;
		throw error;
	});
}
