/** What to do to the playing video now. */
export type Steer = { do: 'jump'; toSeconds: number } | { do: 'rate'; rate: number };

/** A stretch of the show that can be played without a hole, seconds of its own time. */
export interface Stretch {
	startSeconds: number;
	endSeconds: number;
}

const LEAST_TARGET = 0.12;
const MOST_TARGET = 1.5;
const WIDEN_SECONDS = 0.06;
const NARROW_EVERY_MS = 1000;
/** Whoever never came nearer to running dry keeps more distance than the line asks for. */
const SPARE_SECONDS = 0.05;
/** Farther behind than this it is quicker to jump than to catch up. */
const JUMP_BEHIND = 1;
/**
 * It stands for so long although enough has come: browsers want ever more sound before they go on each time it ran out (Chromium 0.4, then 0.8,
 * then 1.6 s), and forget that with a jump.
 */
const STANDS_MS = 200;
/** To begin takes longer, and a jump may on a slow machine: then it is given more time. */
const MOST_STANDS_MS = 800;
/** Whatever plays for so long has begun. */
const BEGUN_MS = 3000;
const DRY_SECONDS = 0.015;
const SLOWEST_CATCH_UP = 1.08;
/** How fast it plays when it is farther behind than wanted by more than so many seconds; the farthest first. */
const CATCH_UP = [
	{ least: 0.3, rate: 1.4 },
	{ least: 0.15, rate: 1.2 },
	{ least: 0.06, rate: SLOWEST_CATCH_UP },
];
/** Once it catches up it goes on until so near. */
const CAUGHT_UP_SECONDS = 0.02;
const NEARLY_DRY_RATE = 0.97;
/** How far the picture may run past what has come before it is put back. */
const OVERRUN_SECONDS = 0.2;

/**
 * Keeps the picture close behind the newest frame: faster when it falls back, the more the farther, a hair slower when it nearly runs dry, a
 * jump when it is far off or stands before a hole. Each time it runs dry the distance grows by a step; every calm second it shrinks by half of
 * what was not needed. So one hiccup costs seconds of a somewhat older picture, and a line that is never calm keeps the distance it asks for.
 */
export class LiveEdge {
	/** Seconds to stay behind the newest frame. */
	targetSeconds = LEAST_TARGET;
	/** How often the picture stood still for want of frames. */
	stalls = 0;
	/** Nothing has come yet: that is no stall. */
	#dry = true;
	#catchesUp = false;
	#played = Number.NaN;
	#movedAt = 0;
	/** Since it began, or was set going. */
	#begunAt: number | null = null;
	#patienceMs = MOST_STANDS_MS;
	#calmSince = 0;
	/** The nearest to running dry since then. */
	#least = Number.POSITIVE_INFINITY;

	/** What comes now begins anew: waiting for it is no stall. */
	restart(): void {
		this.#dry = true;
		this.#begunAt = null;
		this.#played = Number.NaN;
		this.#patienceMs = MOST_STANDS_MS;
	}

	/** @param stretches what has come, oldest first; at least one. @param plays false: whoever watches has stopped it. */
	steer(nowMs: number, playedSeconds: number, stretches: readonly Stretch[], plays = true): Steer {
		const end = stretches.at(-1)?.endSeconds ?? playedSeconds;
		const ahead = end - playedSeconds;
		this.#judge(nowMs, ahead);
		const here = stretches.find(({ startSeconds, endSeconds }) => playedSeconds >= startSeconds - 0.01 && playedSeconds < endSeconds - DRY_SECONDS);
		const next = stretches.find(({ startSeconds }) => startSeconds > playedSeconds);
		const farOff = ahead > JUMP_BEHIND + this.targetSeconds || ahead < -OVERRUN_SECONDS;
		const stands = this.#stands(nowMs, playedSeconds, ahead) && plays;
		if (farOff || stands || (!here && next)) return { do: 'jump', toSeconds: this.#landing(stretches, (!farOff && next?.startSeconds) || 0) };
		return { do: 'rate', rate: this.#rate(ahead) };
	}

	#stands(nowMs: number, playedSeconds: number, ahead: number): boolean {
		const moves = playedSeconds !== this.#played;
		this.#played = playedSeconds;
		this.#begunAt ??= nowMs;
		if (moves && nowMs - this.#begunAt > BEGUN_MS) this.#patienceMs = STANDS_MS;
		if (moves || ahead < this.targetSeconds) this.#movedAt = nowMs;
		if (nowMs - this.#movedAt < this.#patienceMs) return false;
		this.#movedAt = this.#begunAt = nowMs;
		this.#patienceMs = Math.min(MOST_STANDS_MS, this.#patienceMs * 2);
		return true;
	}

	/** As close to the newest frame as wanted, and never into a hole. */
	#landing(stretches: readonly Stretch[], leastSeconds: number): number {
		const wanted = Math.max(leastSeconds, (stretches.at(-1)?.endSeconds ?? 0) - this.targetSeconds);
		const within = stretches.find(({ endSeconds }) => endSeconds > wanted);
		return Math.max(wanted, within?.startSeconds ?? wanted);
	}

	#rate(ahead: number): number {
		const behind = ahead - this.targetSeconds;
		const step = CATCH_UP.find(({ least }) => behind > least);
		this.#catchesUp = step !== undefined || (this.#catchesUp && behind > CAUGHT_UP_SECONDS);
		if (this.#catchesUp) return step?.rate ?? SLOWEST_CATCH_UP;
		return ahead < this.targetSeconds * 0.4 ? NEARLY_DRY_RATE : 1;
	}

	#judge(nowMs: number, ahead: number): void {
		const dry = ahead < DRY_SECONDS;
		this.#least = Math.min(this.#least, ahead);
		if (dry && !this.#dry) {
			this.stalls++;
			this.#widen(WIDEN_SECONDS);
			this.#measureFrom(nowMs);
		} else if (dry) this.#measureFrom(nowMs);
		else if (nowMs - this.#calmSince > NARROW_EVERY_MS) {
			this.#widen(-Math.max(0, this.#least - SPARE_SECONDS) / 2);
			this.#measureFrom(nowMs);
		}
		this.#dry = dry;
	}

	#widen(bySeconds: number): void {
		this.targetSeconds = Math.min(MOST_TARGET, Math.max(LEAST_TARGET, this.targetSeconds + bySeconds));
	}

	#measureFrom(nowMs: number): void {
		this.#calmSince = nowMs;
		this.#least = Number.POSITIVE_INFINITY;
	}
}
