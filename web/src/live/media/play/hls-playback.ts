import type Hls from 'hls.js';
import type { OpenPlayback, Playback, PlaybackNews } from './playback.ts';

const HLS = 'application/vnd.apple.mpegurl';

/** Loads the library only where the browser cannot play such lists by itself. */
async function attach(video: HTMLVideoElement, url: string, live: boolean, onfatal: (hopeless: boolean) => void): Promise<Hls | null> {
	if (typeof MediaSource === 'undefined' && video.canPlayType(HLS)) {
		video.src = url;
		video.addEventListener('error', () => onfatal(false), { once: true });
		return null;
	}
	const { default: Library } = await import('hls.js/light');
	if (!Library.isSupported()) {
		onfatal(true);
		return null;
	}
	// fragments need no repacking, so a worker would only cost a looser content policy
	const hls = new Library({ enableWorker: false, lowLatencyMode: live, maxLiveSyncPlaybackRate: 1.2, backBufferLength: live ? 10 : 60 });
	hls.on(Library.Events.ERROR, (_event, { fatal }) => {
		if (fatal) onfatal(false);
	});
	hls.loadSource(url);
	hls.attachMedia(video);
	return hls;
}

class HlsPlayback implements Playback {
	#video: HTMLVideoElement;
	#hls: Hls | null = null;
	#closed = false;

	constructor(video: HTMLVideoElement, url: string, live: boolean, news: PlaybackNews) {
		this.#video = video;
		const lose = (hopeless: boolean) => {
			if (!this.#closed) news.onlost({ hopeless });
		};
		attach(video, url, live, lose)
			.then((hls) => {
				if (this.#closed) return hls?.destroy();
				this.#hls = hls;
				news.onhost('live');
			})
			.catch(() => lose(false));
		if (live) video.addEventListener('ended', () => news.onended(), { once: true });
	}

	choose(): void {}

	sample(): null {
		return null;
	}

	close(): void {
		this.#closed = true;
		this.#hls?.destroy();
		this.#video.removeAttribute('src');
		this.#video.load();
	}
}

/** The same pieces over plain HTTP, one to two seconds behind: for networks without sockets. */
export const openHlsPlayback: OpenPlayback = (video, source, _rendition, news) => new HlsPlayback(video, source.url, true, news);

/** A recording, from its beginning, with seeking. */
export const openRecording = (video: HTMLVideoElement, url: string, news: PlaybackNews): Playback => new HlsPlayback(video, url, false, news);
