import { AUDIO_ONLY, type PlaySource, type RenditionView } from '@kaishi/protocol/live';
import type { RemoteTrack, RemoteTrackPublication, Room, VideoQuality } from 'livekit-client';
import type { OpenPlayback, Playback, PlaybackNews } from './playback.ts';

type LiveKit = typeof import('livekit-client');
type Layer = RenditionView & { quality: VideoQuality };

/** Where UDP is blocked nothing ever comes: another way is tried soon. */
const CONNECT_MS = 6000;

/** A show that a LiveKit server carries, by WebRTC. The library is loaded with the first such show. */
class LiveKitPlayback implements Playback {
	#video: HTMLVideoElement;
	#news: PlaybackNews;
	#wanted: number | 'auto';
	#room: Room | null = null;
	#picture: RemoteTrackPublication | null = null;
	#isClosed = false;
	#wasOpen = false;

	constructor(video: HTMLVideoElement, source: PlaySource, rendition: number | null, news: PlaybackNews) {
		[this.#video, this.#news, this.#wanted] = [video, news, rendition ?? 'auto'];
		this.#open(source).catch(() => this.#lose());
	}

	choose(rendition: number | 'auto'): void {
		this.#wanted = rendition;
		this.#ask();
	}

	/** LiveKit keeps up by itself. */
	sample(): null {
		return null;
	}

	close(): void {
		this.#isClosed = true;
		void this.#room?.disconnect();
		this.#video.srcObject = null;
	}

	async #open({ url, ticket = '' }: PlaySource): Promise<void> {
		if (typeof RTCPeerConnection === 'undefined') {
			this.#news.onlost({ hopeless: true });
			return;
		}
		const kit = await import('livekit-client');
		if (this.#isClosed) return;
		kit.setLogLevel('silent');
		// It asks for as many pixels as the picture has on this page, and for none while it is out of sight.
		const room = new kit.Room({ adaptiveStream: true });
		this.#room = room;
		this.#listen(kit, room);
		await room.connect(url, ticket, { maxRetries: 0, websocketTimeout: CONNECT_MS, peerConnectionTimeout: CONNECT_MS });
		this.#wasOpen = true;
		this.#look(kit);
	}

	#listen({ RoomEvent, DisconnectReason, ...kit }: LiveKit, room: Room): void {
		const look = () => this.#look({ RoomEvent, DisconnectReason, ...kit });
		const { TrackSubscribed, TrackUnsubscribed, TrackMuted, TrackUnmuted, TrackStreamStateChanged, ParticipantDisconnected, Reconnected } = RoomEvent;
		for (const event of [TrackSubscribed, TrackUnsubscribed, TrackMuted, TrackUnmuted, TrackStreamStateChanged, ParticipantDisconnected, Reconnected] as const)
			room.on(event, look);
		room.on(RoomEvent.Reconnecting, () => this.#news.onwaiting());
		room.on(RoomEvent.Disconnected, (reason) => {
			if (this.#isClosed) return;
			if (reason === DisconnectReason.ROOM_DELETED) this.#news.onended();
			else this.#lose();
		});
	}

	/** What is there to see and to hear now. */
	#look({ Track }: LiveKit): void {
		const room = this.#room;
		if (!room || this.#isClosed) return;
		const all = [...room.remoteParticipants.values()].flatMap((host) => [...host.trackPublications.values()]).filter(({ track }) => track);
		const pictures = all.filter(({ kind }) => kind === Track.Kind.Video);
		const picture = pictures.find((one) => one === this.#picture) ?? pictures[0] ?? null;
		const isNew = picture !== this.#picture;
		if (isNew) this.#picture?.track?.detach(this.#video);
		this.#picture = picture;
		if (picture?.track && isNew) this.#show(picture.track);
		this.#sound(all.flatMap(({ kind, track }) => (kind === Track.Kind.Audio && track ? [track.mediaStreamTrack] : [])));
		this.#news.onhost(picture === null ? 'away' : picture.isMuted ? 'paused' : 'live');
		if (isNew && picture) this.#ask();
	}

	/** LiveKit would take it for granted that what has sound is to be heard. */
	#show(track: RemoteTrack): void {
		const { muted } = this.#video;
		track.attach(this.#video);
		this.#video.muted = muted;
	}

	/** Several hosts are heard at once. */
	#sound(wanted: MediaStreamTrack[]): void {
		const stream = this.#video.srcObject;
		if (!(stream instanceof MediaStream)) return;
		for (const track of stream.getAudioTracks()) if (!wanted.includes(track)) stream.removeTrack(track);
		for (const track of wanted) stream.addTrack(track);
	}

	#layers(): Layer[] {
		const layers = this.#picture?.trackInfo?.layers ?? [];
		return [...layers]
			.sort((one, other) => other.width - one.width)
			.map(({ width, height, bitrate, quality }, id) => ({ id, width, height, kbps: Math.round(bitrate / 1000), quality: quality as number as VideoQuality }));
	}

	#ask(): void {
		const layers = this.#layers();
		const layer = layers.find(({ id }) => id === this.#wanted) ?? layers[0];
		this.#picture?.setEnabled(this.#wanted !== AUDIO_ONLY);
		if (layer && this.#wanted !== AUDIO_ONLY) this.#picture?.setVideoQuality(layer.quality);
		this.#news.onrendition(this.#wanted === AUDIO_ONLY ? AUDIO_ONLY : (layer?.id ?? 0), layers);
	}

	#lose(): void {
		if (!this.#isClosed) this.#news.onlost({ hopeless: false, unreachable: !this.#wasOpen });
		this.#isClosed = true;
	}
}

export const openLiveKitPlayback: OpenPlayback = (video, source, rendition, news) => new LiveKitPlayback(video, source, rendition, news);
