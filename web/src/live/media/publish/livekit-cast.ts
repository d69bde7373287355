import type { PublishTicket } from '@kaishi/protocol/live';
import { DisconnectReason, LocalVideoTrack, Room, RoomEvent, setLogLevel, Track } from 'livekit-client';
import type { CastHealth, LinkState } from './messages.ts';

export interface LiveKitCastNews {
	onlink(state: LinkState, reason?: string): void;
	onhealth(health: CastHealth): void;
	/** Also when somebody else paused the show. */
	onpaused(paused: boolean): void;
	/** The line is gone for good; another ticket may open another one. */
	onlost(): void;
}

export interface Sent {
	picture: MediaStreamTrack | null;
	isScreen: boolean;
	sound: MediaStreamTrack;
	isPaused: boolean;
}

const REPORT_MS = 1000;
/** Why LiveKit ends it: trying again would be in vain, or would throw out whoever sends in our place. */
const FINAL: Partial<Record<DisconnectReason, string>> = {
	[DisconnectReason.PARTICIPANT_REMOVED]: 'kicked',
	[DisconnectReason.ROOM_DELETED]: 'ended',
	[DisconnectReason.DUPLICATE_IDENTITY]: 'replaced',
};

setLogLevel('silent');

/** Sends a show to a LiveKit room, in up to three sizes of which only those are encoded that somebody watches. Tracks are copied: the caller's stay its own. */
export class LiveKitCast {
	readonly #news: LiveKitCastNews;
	readonly #room = new Room({ dynacast: true, disconnectOnPageLeave: true });
	#isPaused = false;
	#isClosed = false;
	#reporting: ReturnType<typeof setInterval> | undefined;

	constructor(news: LiveKitCastNews) {
		this.#news = news;
		this.#room
			.on(RoomEvent.Reconnecting, () => news.onlink('reconnecting'))
			.on(RoomEvent.Reconnected, () => news.onlink('live'))
			.on(RoomEvent.TrackMuted, (_, participant) => participant.isLocal && news.onpaused(true))
			.on(RoomEvent.TrackUnmuted, (_, participant) => participant.isLocal && news.onpaused(false))
			.on(RoomEvent.Disconnected, (reason) => this.#onGone(reason));
	}

	/** Rejects when LiveKit cannot be reached, or refuses. */
	async open({ url, ticket = '' }: PublishTicket, { picture, isScreen, sound, isPaused }: Sent): Promise<void> {
		await this.#room.connect(url, ticket, { autoSubscribe: false });
		await this.#room.localParticipant.publishTrack(sound.clone(), { source: Track.Source.Microphone, dtx: false });
		await this.show(picture, isScreen);
		if (isPaused) await this.pause(true);
		if (this.#isClosed) return;
		this.#reporting = setInterval(() => void this.#report(), REPORT_MS);
		this.#news.onlink('live');
	}

	/** Sends another picture in place of the one before; null: none. */
	async show(track: MediaStreamTrack | null, isScreen: boolean): Promise<void> {
		const before = this.#sentPicture();
		if (this.#isClosed || (!track && !before)) return;
		const { localParticipant } = this.#room;
		if (!track) await localParticipant.unpublishTrack(before as LocalVideoTrack, true);
		else if (before) await before.replaceTrack(track.clone(), { userProvidedTrack: true });
		else {
			const source = isScreen ? Track.Source.ScreenShare : Track.Source.Camera;
			await localParticipant.publishTrack(track.clone(), { source, simulcast: true });
			if (this.#isPaused) await this.#sentPicture()?.mute();
		}
	}

	async pause(paused: boolean): Promise<void> {
		this.#isPaused = paused;
		for (const { track } of this.#room.localParticipant.trackPublications.values()) await (paused ? track?.mute() : track?.unmute());
	}

	close(): void {
		this.#isClosed = true;
		clearInterval(this.#reporting);
		void this.#room.disconnect(true);
	}

	#sentPicture(): LocalVideoTrack | undefined {
		for (const { track } of this.#room.localParticipant.trackPublications.values()) if (track instanceof LocalVideoTrack) return track;
		return undefined;
	}

	#onGone(reason?: DisconnectReason): void {
		clearInterval(this.#reporting);
		if (this.#isClosed) return;
		const final = reason === undefined ? undefined : FINAL[reason];
		if (final) this.#news.onlink('closed', final);
		else this.#news.onlost();
	}

	async #report(): Promise<void> {
		const picture = this.#sentPicture();
		const layers = (await picture?.getSenderStats().catch(() => [])) ?? [];
		if (!picture || this.#isClosed) return;
		const sent = layers.filter(({ frameWidth }) => frameWidth).sort((one, other) => other.frameWidth - one.frameWidth);
		this.#news.onhealth({
			kbps: Math.round(picture.currentBitrate / 1000),
			framesPerSecond: Math.max(0, ...sent.map(({ framesPerSecond }) => Math.round(framesPerSecond ?? 0))),
			skippedFrames: 0,
			droppedFrames: null,
			roundTripMs: sent[0]?.roundTripTime === undefined ? null : Math.round(sent[0].roundTripTime * 1000),
			viewers: null,
			renditions: sent.map(({ frameWidth: width, frameHeight: height, targetBitrate }, id) => ({
				id,
				width,
				height,
				kbps: Math.round((targetBitrate ?? 0) / 1000),
			})),
			share: 1,
		});
	}
}
