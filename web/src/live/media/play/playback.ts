/** A size of the picture that the show is sent in. */
export interface Rendition {
	id: number;
	width: number;
	height: number;
	kbps: number;
}

/** What a way of playing tells the player. */
export interface PlaybackNews {
	/** What is played now, and what else there is. */
	onrendition(current: number, offered: readonly Rendition[]): void;
	/** The host is away or pauses, or is back. */
	onhost(state: 'live' | 'away' | 'paused'): void;
	onended(): void;
	/** Nothing comes any more: the player tries again, later with the next way. `hopeless` when this browser cannot play it this way at all. */
	onlost(why: { hopeless: boolean }): void;
}

/** One way of playing a show into a video element. */
export interface Playback {
	/** Asks for another rendition; a way that has none ignores it. */
	choose(rendition: number): void;
	/** Since the last question; `null` where the way keeps up by itself. */
	sample(): { lateMs: number; stalls: number } | null;
	close(): void;
}

/** Where a show can be played, best way first: what the server's ticket names. */
export interface PlaySource {
	kind: 'ws-fmp4' | 'll-hls' | 'livekit';
	url: string;
	ticket?: string;
	expectedLatencyMs: number;
}

export type OpenPlayback = (video: HTMLVideoElement, source: PlaySource, rendition: number | null, news: PlaybackNews) => Playback;
