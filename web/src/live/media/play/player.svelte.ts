import { AUDIO_ONLY, type PlayKind, type PlaySource, type PlayTicket, type RenditionView } from '@kaishi/protocol/live';
import { Refusal } from '@kaishi/protocol/platform/errors';
import { api } from '#platform/api/client.ts';
import { chance } from '#platform/chance.ts';
import { openHlsPlayback, openRecording } from './hls-playback.ts';
import { openLiveKitPlayback } from './livekit-playback.ts';
import type { OpenPlayback, Playback, PlaybackNews } from './playback.ts';
import { RenditionChoice } from './rendition-choice.ts';
import { openSocketPlayback } from './socket-playback.ts';

/** `reconnecting`: the line broke. `away`, `paused`: the host did. `unplayable`: this browser knows no way to play it. */
export type PlayerState = 'idle' | 'connecting' | 'playing' | 'away' | 'paused' | 'reconnecting' | 'ended' | 'unplayable';

const openers: Record<PlayKind, OpenPlayback> = { 'ws-fmp4': openSocketPlayback, 'll-hls': openHlsPlayback, livekit: openLiveKitPlayback };
const RETRY_MS = [200, 500, 1000, 2000, 4000, 8000] as const;
/** Failures in a row after which the next way is tried. */
const PATIENCE = 3;
const LOOK_EVERY_MS = 1000;
/** No ticket: the server is away, or news of the show is still on its way to this page. */
const REFUSED_MS = 1500;
/** An unseen and unheard show is let go after this long, and taken up again when it is looked at. */
const UNSEEN_MS = 30_000;
/** A way that was opened and has shown nothing for so long is tried again: what it waited for was missed. */
const PICTURELESS_MS = 15_000;

/** A viewer's end of a show, live or recorded. What controls show and change is state here. */
export class Player {
	state = $state<PlayerState>('idle');
	muted = $state(true);
	/** The browser wants a tap before it plays anything. */
	blocked = $state(false);
	running = $state(false);
	renditions = $state.raw<readonly RenditionView[]>([]);
	/** What is played now; −1 is sound only. */
	rendition = $state(0);
	/** The viewer's own choice, if it was made. */
	chosen = $state<number | 'auto'>('auto');
	positionMs = $state(0);
	durationMs = $state(0);
	/** From asking for the show to its first picture. */
	firstFrameMs = $state<number | null>(null);
	recorded = $state(false);
	#video: HTMLVideoElement | null = null;
	#showId = '';
	#playback: Playback | null = null;
	#choice: RenditionChoice | null = null;
	#source = 0;
	/** Ways that this browser does not know. */
	#hopeless = new Set<PlayKind>();
	#failures = 0;
	#attempt = 0;
	#askedAt = 0;
	/** When the live way that plays now was opened, or was last seen to need no patience; null while there is none. */
	#openedAt: number | null = null;
	#timer: ReturnType<typeof setTimeout> | undefined;
	#look: ReturnType<typeof setInterval> | undefined;
	#unseen: ReturnType<typeof setTimeout> | undefined;
	#frames = { shown: 0, dropped: 0 };

	/** What it plays into, for who wants a picture of it. */
	get video(): HTMLVideoElement | null {
		return this.#video;
	}

	/** Everything plays into `video` from now on. @returns how to let it go. */
	attach(video: HTMLVideoElement): () => void {
		this.#video = video;
		this.#look = setInterval(() => this.#adapt(), LOOK_EVERY_MS);
		const onvisible = () => this.#seen(document.visibilityState === 'visible');
		document.addEventListener('visibilitychange', onvisible);
		return () => {
			document.removeEventListener('visibilitychange', onvisible);
			clearInterval(this.#look);
			this.stop();
			this.#video = null;
		};
	}

	/** Plays the show as it happens, muted until the viewer wants sound. */
	watch(showId: string): void {
		this.stop();
		[this.#showId, this.recorded, this.state, this.#askedAt, this.firstFrameMs] = [showId, false, 'connecting', performance.now(), null];
		void this.#connect();
	}

	/** Plays what was recorded of the show. */
	replay(url: string, fromMs = 0): void {
		this.stop();
		[this.recorded, this.state, this.#askedAt, this.firstFrameMs] = [true, 'connecting', performance.now(), null];
		const video = this.#video;
		if (!video) return;
		if (fromMs > 0) video.addEventListener('loadedmetadata', () => this.seek(fromMs), { once: true });
		this.#playback = openRecording(video, url, this.#newsOf(this.#attempt, 'll-hls'));
		this.#whenShown(video);
	}

	stop(): void {
		clearTimeout(this.#timer);
		this.#attempt++;
		this.#playback?.close();
		[this.#playback, this.#choice, this.#openedAt, this.state] = [null, null, null, 'idle'];
	}

	/** Call it from a tap: browsers allow sound only then. */
	setMuted(muted: boolean): void {
		this.muted = muted;
		if (this.#video) this.#video.muted = muted;
		this.play();
	}

	play(): void {
		this.#video?.play().then(
			() => (this.blocked = false),
			(error: unknown) => {
				this.blocked = error instanceof DOMException && error.name === 'NotAllowedError';
			},
		);
	}

	pause(): void {
		this.#video?.pause();
	}

	seek(toMs: number): void {
		if (!this.#video) return;
		this.#video.currentTime = toMs / 1000;
		this.positionMs = toMs;
	}

	choose(rendition: number | 'auto'): void {
		this.chosen = rendition;
		this.#resetChoice();
		this.#playback?.choose(rendition);
	}

	/** What the element itself says about playing. */
	observe(video: HTMLVideoElement): void {
		this.running = !video.paused;
		const moved = video.currentTime * 1000 > this.positionMs;
		this.positionMs = video.currentTime * 1000;
		// sound alone shows no picture to wait for
		if (moved && this.running && this.rendition === AUDIO_ONLY && this.#openedAt !== null) this.#arrive();
		if (Number.isFinite(video.duration)) this.durationMs = video.duration * 1000;
	}

	async #connect(): Promise<void> {
		const attempt = ++this.#attempt;
		const asked = await this.#askSources();
		if (attempt !== this.#attempt || !this.#video) return;
		if (!asked) return this.#again(REFUSED_MS);
		const usable = asked.filter(({ kind }) => !this.#hopeless.has(kind));
		const source = usable[this.#source % Math.max(usable.length, 1)];
		if (!source) {
			this.state = 'unplayable';
			return;
		}
		this.#playback?.close();
		this.#openedAt = performance.now();
		this.#playback = openers[source.kind](this.#video, source, this.chosen === 'auto' ? null : this.chosen, this.#newsOf(attempt, source.kind));
		this.#whenShown(this.#video);
	}

	async #askSources(): Promise<PlaySource[] | null> {
		try {
			return (await api.post<PlayTicket>(`/api/live/${this.#showId}/play-ticket`)).sources;
		} catch (error) {
			if (error instanceof Refusal) return null;
			throw error;
		}
	}

	#newsOf(attempt: number, kind: PlayKind): PlaybackNews {
		const current = () => attempt === this.#attempt;
		return {
			onrendition: (rendition, all) => {
				if (!current()) return;
				const offered = all.filter(({ id }) => id !== AUDIO_ONLY).toSorted((one, other) => one.id - other.id);
				const known = this.renditions.length === offered.length && this.#choice !== null;
				[this.rendition, this.renditions] = [rendition, offered];
				if (!known) this.#resetChoice();
				this.play();
			},
			onhost: (host) => {
				if (!current()) return;
				if (host !== 'live') this.state = host;
				else if (this.state === 'away' || this.state === 'paused') this.state = 'playing';
				if (host === 'live') this.play();
			},
			onended: () => {
				if (current()) this.state = 'ended';
			},
			onwaiting: () => {
				if (!current() || !this.#video || this.state !== 'playing') return;
				this.state = 'reconnecting';
				this.#whenShown(this.#video);
			},
			onlost: ({ hopeless, unreachable = false }) => {
				if (!current()) return;
				if (hopeless) this.#hopeless.add(kind);
				else if (++this.#failures % PATIENCE === 0 || unreachable) this.#source++;
				this.#again();
			},
		};
	}

	/** The last picture stays until a new one comes. */
	#again(waitMs: number = RETRY_MS[Math.min(this.#failures, RETRY_MS.length - 1)] ?? 1000): void {
		if (this.recorded) {
			this.state = 'unplayable';
			return;
		}
		this.#openedAt = null;
		if (this.state !== 'away') this.state = this.firstFrameMs === null ? 'connecting' : 'reconnecting';
		clearTimeout(this.#timer);
		// a whole audience must not come back in the same moment
		this.#timer = setTimeout(() => void this.#connect(), waitMs * (0.5 + chance()));
	}

	#whenShown(video: HTMLVideoElement): void {
		const attempt = this.#attempt;
		const shown = () => {
			if (attempt === this.#attempt) this.#arrive();
		};
		if ('requestVideoFrameCallback' in video) video.requestVideoFrameCallback(shown);
		else (video as HTMLVideoElement).addEventListener('playing', shown, { once: true });
		this.play();
	}

	#arrive(): void {
		this.firstFrameMs ??= performance.now() - this.#askedAt;
		this.#failures = 0;
		if (this.state === 'connecting' || this.state === 'reconnecting') this.state = 'playing';
	}

	#resetChoice(): void {
		this.#choice =
			this.chosen === 'auto' && this.renditions.length > 0
				? new RenditionChoice(
						this.renditions.map(({ id }) => id),
						this.rendition,
					)
				: null;
	}

	/** Reconnects where nothing was shown although nothing failed. A page that nobody looks at, or that waits for a tap, shows nothing. */
	#insist(): void {
		if (this.#openedAt === null) return;
		const isWaiting = this.state === 'connecting' || this.state === 'reconnecting';
		if (!isWaiting || this.blocked || document.hidden) this.#openedAt = performance.now();
		else if (performance.now() - this.#openedAt > PICTURELESS_MS) {
			if (++this.#failures % PATIENCE === 0) this.#source++;
			this.#again();
		}
	}

	#adapt(): void {
		this.#insist();
		const sample = this.#playback?.sample();
		if (!sample || !this.#choice || this.state !== 'playing' || document.hidden) return;
		const next = this.#choice.observe(performance.now(), { ...sample, droppedShare: this.#droppedShare() });
		if (next !== null) this.#playback?.choose(next);
	}

	#droppedShare(): number {
		const quality = this.#video?.getVideoPlaybackQuality();
		if (!quality) return 0;
		const [shown, dropped] = [quality.totalVideoFrames - this.#frames.shown, quality.droppedVideoFrames - this.#frames.dropped];
		this.#frames = { shown: quality.totalVideoFrames, dropped: quality.droppedVideoFrames };
		return shown > 10 ? dropped / shown : 0;
	}

	#seen(visible: boolean): void {
		clearTimeout(this.#unseen);
		if (this.recorded || !this.#showId) return;
		if (!visible && this.muted) this.#unseen = setTimeout(() => this.stop(), UNSEEN_MS);
		else if (visible && this.state === 'idle') this.watch(this.#showId);
	}
}
