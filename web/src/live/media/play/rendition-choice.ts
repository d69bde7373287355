import { AUDIO_ONLY } from '@kaishi/protocol/live';

/** How playing went since the last look. */
export interface Sample {
	/** How much later frames come than they did at best, ms. */
	lateMs: number;
	/** How often the picture stood still. */
	stalls: number;
	/** Frames this device was too slow to show, as a share of all. */
	droppedShare: number;
}

const LATE_MS = 900;
const LATE_PATIENCE_MS = 2500;
const STALLS = 3;
const STALL_WINDOW_MS = 12_000;
const MOST_DROPPED_SHARE = 0.3;
const DROPPED_PATIENCE_MS = 5000;
/** The smallest picture is given up only for a line that does not carry it at all. */
const LAST_PICTURE_PATIENCE_MS = 8000;
const FIRST_CALM_MS = 20_000;
const MOST_CALM_MS = 320_000;

/** Which of a show's renditions this viewer's line and device can follow. Going up again takes twice as long after each try that failed. */
export class RenditionChoice {
	#offered: readonly number[];
	#current: number;
	#lateSince: number | null = null;
	#droppedSince: number | null = null;
	#stalls: number[] = [];
	#calmSince: number | null = null;
	#calmMs = FIRST_CALM_MS;
	#wentUp = false;

	/** @param offered ids of renditions, best first. */
	constructor(offered: readonly number[], current: number) {
		this.#offered = [...offered, AUDIO_ONLY];
		this.#current = current;
	}

	/** @returns the rendition to ask for, or `null` to stay. */
	observe(nowMs: number, sample: Sample): number | null {
		for (let stall = 0; stall < sample.stalls; stall++) this.#stalls.push(nowMs);
		this.#stalls = this.#stalls.filter((at) => nowMs - at < STALL_WINDOW_MS);
		this.#lateSince = sample.lateMs > LATE_MS ? (this.#lateSince ?? nowMs) : null;
		this.#droppedSince = sample.droppedShare > MOST_DROPPED_SHARE ? (this.#droppedSince ?? nowMs) : null;
		if (this.#mustLeave(nowMs)) return this.#go(nowMs, 1);
		if (sample.stalls > 0 || sample.lateMs > LATE_MS / 3) this.#calmSince = null;
		else this.#calmSince ??= nowMs;
		return this.#calmSince !== null && nowMs - this.#calmSince >= this.#calmMs ? this.#go(nowMs, -1) : null;
	}

	#mustLeave(nowMs: number): boolean {
		const lateMs = nowMs - (this.#lateSince ?? nowMs);
		if (this.#current === this.#offered.at(-2)) return lateMs >= LAST_PICTURE_PATIENCE_MS;
		const droppedMs = nowMs - (this.#droppedSince ?? nowMs);
		return lateMs >= LATE_PATIENCE_MS || this.#stalls.length >= STALLS || droppedMs >= DROPPED_PATIENCE_MS;
	}

	#go(nowMs: number, step: 1 | -1): number | null {
		[this.#lateSince, this.#droppedSince, this.#stalls, this.#calmSince] = [null, null, [], nowMs];
		const next = this.#offered[this.#offered.indexOf(this.#current) + step];
		if (next === undefined) return null;
		if (step === 1 && this.#wentUp) this.#calmMs = Math.min(MOST_CALM_MS, this.#calmMs * 2);
		this.#wentUp = step === -1;
		this.#current = next;
		return next;
	}
}
