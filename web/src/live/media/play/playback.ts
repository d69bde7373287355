import type { PlaySource, RenditionView } from '@kaishi/protocol/live';

/** What a way of playing tells the player. */
export interface PlaybackNews {
	/** What is played now, and what else there is. */
	onrendition(current: number, offered: readonly RenditionView[]): void;
	/** The host is away or pauses, or is back. */
	onhost(state: 'live' | 'away' | 'paused'): void;
	onended(): void;
	/** The line broke, and this way mends it by itself. */
	onwaiting(): void;
	/**
	 * Nothing comes any more: the player tries again, later with the next way, at once with it when this one cannot be reached from here.
	 * `hopeless` when this browser cannot play it this way at all.
	 */
	onlost(why: { hopeless: boolean; unreachable?: boolean }): void;
}

/** One way of playing a show into a video element. */
export interface Playback {
	/** Asks for another rendition, or leaves it to the way itself; a way that has none ignores it. */
	choose(rendition: number | 'auto'): void;
	/** Since the last question; `null` where the way keeps up by itself. */
	sample(): { lateMs: number; stalls: number } | null;
	close(): void;
}

export type OpenPlayback = (video: HTMLVideoElement, source: PlaySource, rendition: number | null, news: PlaybackNews) => Playback;
