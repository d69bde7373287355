/** What to do to the playing video now. */
export type Steer = { do: 'jump'; toSeconds: number } | { do: 'rate'; rate: number };

/** A stretch of the show that can be played without a hole, seconds of its own time. */
export interface Stretch {
	startSeconds: number;
	endSeconds: number;
}

const LEAST_TARGET = 0.12;
const MOST_TARGET = 1.5;
const WIDEN = 1.5;
const NARROW = 0.9;
const NARROW_EVERY_MS = 4000;
/** Farther behind than this it is quicker to jump than to catch up. */
const JUMP_BEHIND = 1;
const DRY_SECONDS = 0.015;
/** How far the picture may run past what has come before it is put back. */
const OVERRUN_SECONDS = 0.2;

/**
 * Keeps the picture close behind the newest frame: a hair faster when it falls back, a hair slower when it nearly runs dry, a jump
 * when it is far off or stands before a hole. Each time it runs dry the distance grows, and shrinks again while the line is calm.
 */
export class LiveEdge {
	/** Seconds to stay behind the newest frame. */
	targetSeconds = LEAST_TARGET;
	/** How often the picture stood still for want of frames. */
	stalls = 0;
	/** Nothing has come yet: that is no stall. */
	#dry = true;
	#calmSince = 0;

	/** What comes now begins anew: waiting for it is no stall. */
	restart(): void {
		this.#dry = true;
	}

	/** @param stretches what has come, oldest first; at least one. */
	steer(nowMs: number, playedSeconds: number, stretches: readonly Stretch[]): Steer {
		const end = stretches.at(-1)?.endSeconds ?? playedSeconds;
		const ahead = end - playedSeconds;
		this.#judge(nowMs, ahead);
		const here = stretches.find(({ startSeconds, endSeconds }) => playedSeconds >= startSeconds - 0.01 && playedSeconds < endSeconds - DRY_SECONDS);
		const next = stretches.find(({ startSeconds }) => startSeconds > playedSeconds);
		const farOff = ahead > JUMP_BEHIND + this.targetSeconds || ahead < -OVERRUN_SECONDS;
		if (farOff || (!here && next)) return { do: 'jump', toSeconds: this.#landing(stretches, (!farOff && next?.startSeconds) || 0) };
		return { do: 'rate', rate: this.#rate(ahead) };
	}

	/** As close to the newest frame as wanted, and never into a hole. */
	#landing(stretches: readonly Stretch[], leastSeconds: number): number {
		const wanted = Math.max(leastSeconds, (stretches.at(-1)?.endSeconds ?? 0) - this.targetSeconds);
		const within = stretches.find(({ endSeconds }) => endSeconds > wanted);
		return Math.max(wanted, within?.startSeconds ?? wanted);
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
