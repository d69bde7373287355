import type { PlayTicket, PublishDoor, PublishTicket, StreamHealth } from '@kaishi/protocol/live';
import { Refusal } from '@kaishi/protocol/platform/errors';
import {
	IngressClient,
	IngressInput,
	type ParticipantInfo,
	RoomServiceClient,
	type TrackInfo,
	TrackType,
	type WebhookEvent,
	WebhookReceiver,
} from 'livekit-server-sdk';
import type { PictureStep } from '../stage/messages.ts';
import type { Capabilities, EngineShow, LiveEngine } from './live-engine.ts';
import type { LiveKitArchive } from './livekit-archive.ts';
import { healthOf } from './livekit-health.ts';
import { ignoreMissing, liveKitToken, PLAY_SECONDS, PUBLISH_SECONDS } from './livekit-token.ts';
import type { EndReason, StreamEvent, StreamState } from './stream-source.ts';

export interface LiveKitOptions {
	/** `wss://…` as browsers reach it. */
	url: string;
	apiKey: string;
	apiSecret: string;
	/** Seconds of waiting for a host who is gone. */
	patienceSeconds: number;
	/** Null: nothing is recorded. */
	archive?: LiveKitArchive | null;
	onError(error: unknown): void;
	/** Unix seconds. */
	now?: () => number;
}

interface Ingress {
	id: string;
	url: string;
	key: string;
}

interface OpenShow {
	host: string;
	keyGeneration: number;
	state: StreamState;
	isEarly: boolean;
	patience: NodeJS.Timeout | null;
	ingresses: Map<PublishDoor, Ingress>;
	/** Pictures that are sent now: the track's id, and whose it is. */
	pictures: Map<string, string>;
	isUpright: boolean;
}

const LATENCY_MS = 200;
/** LiveKit keeps a room without people so long, seconds; the show's own patience comes first. */
const EMPTY_SECONDS = 600;
const INPUTS = { rtmp: IngressInput.RTMP_INPUT, whip: IngressInput.WHIP_INPUT } as const;

/** Pictures by a LiveKit server: several hosts at once, WebRTC's latency. Its calls tell us first, its list of people mends what was missed. */
export class LiveKitEngine implements LiveEngine {
	readonly name = 'livekit';
	readonly #options: LiveKitOptions;
	readonly #archive: LiveKitArchive | null;
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
		this.#archive = options.archive ?? null;
		this.#rooms = new RoomServiceClient(api, apiKey, apiSecret);
		this.#ingress = new IngressClient(api, apiKey, apiSecret);
		this.#receiver = new WebhookReceiver(apiKey, apiSecret);
		this.#now = options.now ?? (() => Date.now() / 1000);
		this.#archive?.onEvent((showId, event) => this.#tell(showId, event));
	}

	capabilities(): Capabilities {
		const recorded = this.#archive !== null;
		const plays = recorded ? (['livekit', 'ws-fmp4', 'll-hls'] as const) : (['livekit'] as const);
		return { doors: ['browser', 'rtmp', 'whip'], plays, renditions: true, coHosts: true, recorded, maxViewersPerShow: null };
	}

	async open(opening: EngineShow): Promise<void> {
		const { showId, host, keyGeneration, isUnderWay = false, isEarly = false } = opening;
		const known = this.#shows.get(showId);
		if (known) {
			if (known.keyGeneration !== keyGeneration) await this.#dropIngresses(showId, known);
			Object.assign(known, { host, keyGeneration, isEarly: isEarly && known.isEarly });
			return;
		}
		const state = isUnderWay ? 'away' : 'waiting';
		const show: OpenShow = { host, keyGeneration, state, isEarly, patience: null, ingresses: new Map(), pictures: new Map(), isUpright: false };
		this.#shows.set(showId, show);
		await this.#rooms.createRoom({ name: showId, emptyTimeout: EMPTY_SECONDS });
		if (opening.record) await this.#archive?.open(opening);
		if (!isUnderWay) return;
		this.#await(showId, show);
		// Who went on sending while this process was gone is not away.
		this.#see(showId, show, await this.#people(showId));
	}

	async publishTicket(showId: string, account: string, door: PublishDoor): Promise<PublishTicket> {
		const show = this.#shows.get(showId);
		if (!show) throw new Refusal('Live_UnknownDoor', 'invalid', { door });
		const expiresAt = Math.floor(this.#now()) + PUBLISH_SECONDS;
		const { name: engine } = this;
		if (door === 'browser') return { door, engine, url: this.#options.url, ticket: await liveKitToken(this.#options, showId, account), expiresAt };
		const { url, key } = await this.#ingressOf(showId, show, door);
		return { door, engine, url, key, expiresAt };
	}

	async playTicket(showId: string, viewer: string): Promise<PlayTicket> {
		const ticket = await liveKitToken(this.#options, showId, null);
		const first = { kind: 'livekit' as const, url: this.#options.url, ticket, expectedLatencyMs: LATENCY_MS };
		const others = (await this.#archive?.sources(showId, viewer)) ?? [];
		return { sources: [first, ...others], expiresAt: Math.floor(this.#now()) + PLAY_SECONDS };
	}

	async step(showId: string, step: PictureStep): Promise<void> {
		const show = this.#shows.get(showId);
		if (!show) return;
		await this.#archive?.step(showId, step);
		if (step === 'begin') {
			show.isEarly = false;
			this.#keep(showId, show);
			return;
		}
		for (const { identity, tracks } of (await this.#people(showId)).filter(isPublishing)) {
			// Going on is the host's own page to do where the server may not unmute anybody.
			for (const { sid } of tracks) await this.#rooms.mutePublishedTrack(showId, identity, sid, step === 'pause').catch(this.#options.onError);
		}
	}

	async kick(showId: string, account: string): Promise<void> {
		const show = this.#shows.get(showId);
		// Its encoder would come straight back.
		if (show?.host === account) await this.#dropIngresses(showId, show);
		await ignoreMissing(this.#rooms.removeParticipant(showId, account));
	}

	async close(showId: string, reason: 'host' | 'closed'): Promise<void> {
		if (this.#shows.has(showId)) await this.#end(showId, reason);
	}

	async health(showId: string): Promise<StreamHealth | null> {
		const show = this.#shows.get(showId);
		return show ? healthOf(show.state === 'live', await this.#people(showId)) : null;
	}

	async recheck(mayPublish: (showId: string, account: string) => Promise<boolean>): Promise<void> {
		for (const [showId, show] of [...this.#shows]) {
			// What fails for one show is no reason to leave out the others.
			await this.#recheckShow(showId, show, mayPublish).catch(this.#options.onError);
		}
	}

	async #recheckShow(showId: string, show: OpenShow, mayPublish: (showId: string, account: string) => Promise<boolean>): Promise<void> {
		const people = await this.#people(showId);
		this.#see(showId, show, people);
		for (const { identity } of people.filter(isPublishing)) if (!(await mayPublish(showId, identity))) await this.kick(showId, identity);
	}

	onEvent(listener: (showId: string, event: StreamEvent) => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	async webhook(body: string, authorization: string | undefined): Promise<void> {
		const event = await this.#receiver.receive(body, authorization).catch((cause: unknown) => {
			throw new Refusal('Live_InvalidTicket', 'forbidden', {}, { cause });
		});
		const showId = event.room?.name ?? event.egressInfo?.roomName ?? '';
		const show = this.#shows.get(showId);
		if (show) await this.#hear(showId, show, event);
	}

	async #hear(showId: string, show: OpenShow, { event, track, participant }: WebhookEvent): Promise<void> {
		const isPicture = track?.type === TrackType.VIDEO;
		if (event === 'track_published' && isPicture) this.#appeared(showId, show, track, participant?.identity ?? '');
		else if (event === 'track_unpublished' && isPicture) this.#vanished(showId, show, (sid) => sid === track.sid);
		else if (event === 'participant_left' || event === 'participant_connection_aborted')
			this.#vanished(showId, show, (_, identity) => identity === participant?.identity);
		else if (event === 'egress_ended') this.#keep(showId, show);
		else if (event === 'room_finished') await this.#end(showId, 'closed');
	}

	/** What LiveKit says of its people is what is so. */
	#see(showId: string, show: OpenShow, people: readonly ParticipantInfo[]): void {
		const sent = people.flatMap(({ identity, tracks }) => tracks.filter(({ type }) => type === TrackType.VIDEO).map((track) => ({ track, identity })));
		this.#vanished(showId, show, (sid) => !sent.some(({ track }) => track.sid === sid));
		for (const { track, identity } of sent) this.#appeared(showId, show, track, identity);
	}

	#appeared(showId: string, show: OpenShow, { sid, width, height }: TrackInfo, identity: string): void {
		show.pictures.set(sid, identity);
		show.isUpright = height > width;
		if (show.patience) clearTimeout(show.patience);
		show.patience = null;
		const was = show.state;
		show.state = 'live';
		if (was === 'live') return;
		this.#keep(showId, show);
		if (was === 'away') this.#archive?.step(showId, 'resume').catch(this.#options.onError);
		this.#tell(showId, { type: was === 'away' ? 'back' : 'started', atMs: this.#now() * 1000 });
	}

	#vanished(showId: string, show: OpenShow, isGone: (sid: string, identity: string) => boolean): void {
		for (const [sid, identity] of show.pictures) if (isGone(sid, identity)) show.pictures.delete(sid);
		if (show.pictures.size > 0 || show.state !== 'live') return;
		show.state = 'away';
		// A room without a host is nothing to keep.
		this.#archive?.step(showId, 'pause').catch(this.#options.onError);
		this.#tell(showId, { type: 'away', atMs: this.#now() * 1000 });
		this.#await(showId, show);
	}

	/** Has what is seen recorded; without it the show goes on all the same. */
	#keep(showId: string, show: OpenShow): void {
		if (show.isEarly || show.state !== 'live') return;
		this.#archive?.start(showId, show.host, show.isUpright).catch((error: unknown) => {
			this.#options.onError(error);
			this.#tell(showId, { type: 'recording-failed', atMs: this.#now() * 1000, reason: 'LiveKit’s egress refused' });
		});
	}

	#await(showId: string, show: OpenShow): void {
		show.patience = setTimeout(() => void this.#end(showId, 'timeout').catch(this.#options.onError), this.#options.patienceSeconds * 1000);
		show.patience.unref();
	}

	async #end(showId: string, reason: EndReason): Promise<void> {
		const show = this.#shows.get(showId);
		if (!show) return;
		this.#shows.delete(showId);
		if (show.patience) clearTimeout(show.patience);
		this.#tell(showId, { type: 'ended', atMs: this.#now() * 1000, reason });
		await this.#archive?.close(showId, reason === 'host' ? 'host' : 'closed').catch(this.#options.onError);
		await this.#dropIngresses(showId, show);
		await ignoreMissing(this.#rooms.deleteRoom(showId));
	}

	async #people(showId: string): Promise<ParticipantInfo[]> {
		return (await ignoreMissing(this.#rooms.listParticipants(showId))) ?? [];
	}

	/** Asked for again it is the same one: an encoder that sends by it goes on. */
	async #ingressOf(showId: string, show: OpenShow, door: 'rtmp' | 'whip'): Promise<Ingress> {
		const known = show.ingresses.get(door);
		if (known) return known;
		const about = { name: showId, roomName: showId, participantIdentity: show.host, participantName: show.host };
		const before = (await this.#ingress.listIngress({ roomName: showId })).find(({ inputType }) => inputType === INPUTS[door]);
		const { ingressId: id, url, streamKey: key } = before ?? (await this.#ingress.createIngress(INPUTS[door], about));
		show.ingresses.set(door, { id, url, key });
		return { id, url, key };
	}

	/** Also those that a process before this one made. */
	async #dropIngresses(showId: string, show: OpenShow): Promise<void> {
		show.ingresses.clear();
		for (const { ingressId } of (await ignoreMissing(this.#ingress.listIngress({ roomName: showId }))) ?? [])
			await ignoreMissing(this.#ingress.deleteIngress(ingressId));
	}

	#tell(showId: string, event: StreamEvent): void {
		for (const listener of this.#listeners) listener(showId, event);
	}
}

const isPublishing = ({ tracks }: ParticipantInfo): boolean => tracks.length > 0;
