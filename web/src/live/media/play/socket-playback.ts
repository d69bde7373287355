import { type PlaySource, ticketProtocols, type WatcherNews } from '@kaishi/protocol/live';
import { LiveEdge, type Stretch } from './live-edge.ts';
import { MediaPipe } from './media-pipe.ts';
import type { OpenPlayback, Playback, PlaybackNews } from './playback.ts';

const STEER_EVERY_MS = 100;
/** The picture stands still for so long although the host is live: something on the way is broken. */
const STARVED_MS = 5000;

/** Fragments of MP4 as they are made, over a WebSocket: about a quarter of a second from lens to glass. */
class SocketPlayback implements Playback {
	#video: HTMLVideoElement;
	#news: PlaybackNews;
	#socket: WebSocket;
	#pipe: MediaPipe;
	#edge = new LiveEdge();
	#timer: ReturnType<typeof setInterval>;
	#closed = false;
	#host: 'live' | 'away' | 'paused' = 'live';
	#startedAtMs = 0;
	#leastLatenessMs = Number.POSITIVE_INFINITY;
	#toldStalls = 0;
	#grewAt = performance.now();
	#end = 0;

	constructor(video: HTMLVideoElement, source: PlaySource, rendition: number | null, news: PlaybackNews) {
		this.#video = video;
		this.#news = news;
		this.#pipe = new MediaPipe(video, () => this.#lose(false));
		const address = new URL(source.url, location.href);
		address.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:';
		if (rendition !== null) address.searchParams.set('rendition', String(rendition));
		this.#socket = new WebSocket(address, source.ticket ? ticketProtocols(source.ticket) : []);
		this.#socket.binaryType = 'arraybuffer';
		this.#socket.onmessage = ({ data }: MessageEvent<string | ArrayBuffer>) => {
			if (typeof data === 'string') this.#hear(JSON.parse(data) as WatcherNews);
			else this.#pipe.append(new Uint8Array(data));
		};
		this.#socket.onclose = () => this.#lose(false);
		this.#timer = setInterval(() => this.#steer(), STEER_EVERY_MS);
	}

	choose(rendition: number | 'auto'): void {
		if (rendition !== 'auto' && this.#socket.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify({ rendition }));
	}

	sample(): { lateMs: number; stalls: number } {
		const stalls = this.#edge.stalls - this.#toldStalls;
		this.#toldStalls = this.#edge.stalls;
		const end = this.#stretches().at(-1)?.endSeconds;
		if (end === undefined || this.#host !== 'live') return { lateMs: 0, stalls: 0 };
		// against the best seen, so that clocks need not agree
		const lateness = Date.now() - (this.#startedAtMs + end * 1000);
		this.#leastLatenessMs = Math.min(this.#leastLatenessMs, lateness);
		return { lateMs: lateness - this.#leastLatenessMs, stalls };
	}

	close(): void {
		this.#stop();
		this.#pipe.close();
	}

	#stop(): void {
		this.#closed = true;
		clearInterval(this.#timer);
		this.#socket.close();
	}

	#hear(word: WatcherNews): void {
		if (word.type === 'ended') {
			this.#stop();
			this.#news.onended();
		} else if (word.type === 'away' || word.type === 'paused') this.#setHost(word.type);
		else {
			this.#setHost('live');
			if (word.type === 'init') this.#begin(word);
		}
	}

	#setHost(state: 'live' | 'away' | 'paused'): void {
		this.#host = state;
		this.#grewAt = performance.now();
		this.#edge.restart();
		this.#news.onhost(state);
	}

	#begin({ mime, rendition, renditions, startedAtMs }: Extract<WatcherNews, { type: 'init' }>): void {
		try {
			this.#pipe.begin(mime, startedAtMs);
		} catch {
			this.#lose(true);
			return;
		}
		if (startedAtMs !== this.#startedAtMs) this.#leastLatenessMs = Number.POSITIVE_INFINITY;
		this.#startedAtMs = startedAtMs;
		this.#news.onrendition(rendition, renditions);
	}

	#lose(hopeless: boolean): void {
		if (this.#closed) return;
		this.#stop();
		this.#news.onlost({ hopeless });
	}

	#stretches(): Stretch[] {
		const { buffered } = this.#video;
		return Array.from({ length: buffered.length }, (_, index) => ({ startSeconds: buffered.start(index), endSeconds: buffered.end(index) }));
	}

	#steer(): void {
		const stretches = this.#stretches();
		const end = stretches.at(-1)?.endSeconds;
		const nowMs = performance.now();
		if (end !== undefined && end !== this.#end) [this.#end, this.#grewAt] = [end, nowMs];
		if (this.#host !== 'live') return;
		if (nowMs - this.#grewAt > STARVED_MS) this.#lose(false);
		else if (end !== undefined) this.#follow(nowMs, stretches);
	}

	#follow(nowMs: number, stretches: Stretch[]): void {
		const steer = this.#edge.steer(nowMs, this.#video.currentTime, stretches, !this.#video.paused);
		if (steer.do === 'jump') this.#video.currentTime = steer.toSeconds;
		else if (this.#video.playbackRate !== steer.rate) this.#video.playbackRate = steer.rate;
	}
}

export const openSocketPlayback: OpenPlayback = (video, source, rendition, news) => new SocketPlayback(video, source, rendition, news);
