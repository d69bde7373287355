/** The least that still shows what is being sold, as a share of the plan. */
const LEAST_SHARE = 0.15;
const STEP_DOWN = 0.7;
const STEP_UP = 1.15;
const CONGESTED_MS = 400;
const PATIENCE_MS = 1000;
const CALM_MS = 8000;

/**
 * How much of the planned bit rate the line to the server carries. What waits in the socket is the measure: a queue that lasts
 * for a second lowers the picture, eight calm seconds raise it again.
 */
export class Uplink {
	share = 1;
	#since: number | null = null;
	#calmSince: number | null = null;

	/** @param queuedMs how long what waits in the socket would take at the present rate. @returns whether `share` changed. */
	observe(nowMs: number, queuedMs: number): boolean {
		if (queuedMs > CONGESTED_MS) {
			this.#calmSince = null;
			this.#since ??= nowMs;
			return nowMs - this.#since >= PATIENCE_MS && this.#move(this.share * STEP_DOWN, nowMs);
		}
		this.#since = null;
		this.#calmSince ??= nowMs;
		return nowMs - this.#calmSince >= CALM_MS && this.#move(this.share * STEP_UP, nowMs);
	}

	#move(share: number, nowMs: number): boolean {
		const next = Math.min(1, Math.max(LEAST_SHARE, share));
		[this.#since, this.#calmSince] = [null, nowMs];
		if (next === this.share) return false;
		this.share = next;
		return true;
	}
}
