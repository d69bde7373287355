/** What to do to the playing video now. */
export type Steer = { do: 'jump'; toSeconds: number } | { do: 'rate'; rate: number };

/** The part of the show that can be played, seconds of its own time. */
export interface Buffered {
	startSeconds: number;
	endSeconds: number;
}

const LEAST_TARGET = 0.12;
const MOST_TARGET = 1.5;
const WIDEN = 1.5;
const NARROW = 0.96;
const NARROW_EVERY_MS = 5000;
/** Farther behind than this it is quicker to jump than to catch up. */
const JUMP_BEHIND = 1;
const DRY_SECONDS = 0.015;

/**
 * Keeps the picture close behind the newest frame: a hair faster when it falls back, a hair slower when it nearly runs dry, a jump
 * when it is far off. Each time it runs dry the distance grows, and shrinks again while the line is calm.
 */
export class LiveEdge {
	/** Seconds to stay behind the newest frame. */
	targetSeconds = LEAST_TARGET;
	/** How often the picture stood still for want of frames. */
	stalls = 0;
	#dry = false;
	#calmSince = 0;

	/** @param range the newest stretch without a hole. */
	steer(nowMs: number, playedSeconds: number, range: Buffered): Steer {
		const ahead = range.endSeconds - playedSeconds;
		this.#judge(nowMs, ahead);
		const away = playedSeconds < range.startSeconds - 0.01 || ahead > JUMP_BEHIND + this.targetSeconds || ahead < -0.2;
		if (away) return { do: 'jump', toSeconds: Math.max(range.startSeconds, range.endSeconds - this.targetSeconds) };
		return { do: 'rate', rate: this.#rate(ahead) };
	}

	#rate(ahead: number): number {
		if (ahead > this.targetSeconds + 0.25) return 1.15;
		if (ahead > this.targetSeconds + 0.08) return 1.05;
		return ahead < this.targetSeconds * 0.4 ? 0.97 : 1;
	}

	#judge(nowMs: number, ahead: number): void {
		const dry = ahead < DRY_SECONDS;
		if (dry && !this.#dry) {
			this.stalls++;
			this.targetSeconds = Math.min(MOST_TARGET, this.targetSeconds * WIDEN);
			this.#calmSince = nowMs;
		} else if (!dry && nowMs - this.#calmSince > NARROW_EVERY_MS) {
			this.targetSeconds = Math.max(LEAST_TARGET, this.targetSeconds * NARROW);
			this.#calmSince = nowMs;
		}
		this.#dry = dry;
	}
}
