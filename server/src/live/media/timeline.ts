/** A clock this far from the wall's is taken for a new one. */
const STRAY_US = 10_000_000;

/**
 * The show's own clock: zero with its first picture, running on when the host comes back with another clock. Where a sender begins
 * anew its first unit stands at the time that has passed on the wall, so that chapters and recordings keep their places.
 */
export class Timeline {
	/** Wall clock of zero, ms; null before the first unit. */
	startedAtMs: number | null = null;
	#offsetUs: number | null = null;
	#lastUs = 0;

	/** Whether the sender's clock has a place on the show's. */
	get isAnchored(): boolean {
		return this.#offsetUs !== null;
	}

	/** The next unit gives the sender's clock a new place. */
	release(): void {
		this.#offsetUs = null;
	}

	/** Lays the sender's clock down, at a unit with which decoding can begin. */
	anchor(timestampUs: number, nowMs: number): void {
		this.startedAtMs ??= nowMs;
		const atUs = Math.max(this.#lastUs === 0 ? 0 : this.#lastUs + 1, (nowMs - this.startedAtMs) * 1000);
		this.#offsetUs = Math.round(atUs - timestampUs);
	}

	/** A sender's time on the show's clock; null for what lies before its anchor, or nowhere near the wall's time. */
	place(timestampUs: number, nowMs: number): number | null {
		if (this.#offsetUs === null || this.startedAtMs === null) return null;
		const placed = Math.round(timestampUs + this.#offsetUs);
		const expected = (nowMs - this.startedAtMs) * 1000;
		if (placed < 0 || Math.abs(placed - expected) > STRAY_US) return null;
		this.#lastUs = Math.max(this.#lastUs, placed);
		return placed;
	}
}
