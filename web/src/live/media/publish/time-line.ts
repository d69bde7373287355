/** How far arrival and stamp may drift apart before the stamp gives way, µs. */
const MOST_DRIFT_US = 50_000;
const WINDOW_US = 1_000_000;

/**
 * Puts a source's own clock on the clock that picture and sound share. Cameras, canvases and sound cards count from somewhere
 * and drift, and a starved sound card falls behind for good: the smallest delay seen within a second says where it is now.
 */
export class TimeLine {
	#offsetUs: number | null = null;
	#leastLagUs = Number.POSITIVE_INFINITY;
	#windowEndUs = 0;
	#lastUs = 0;

	/** @returns when the piece that ends at `endUs` of its source's clock was made, µs of the shared clock; always later than the one before. */
	stamp(endUs: number, arrivedUs: number): number {
		if (this.#offsetUs === null) [this.#offsetUs, this.#windowEndUs] = [arrivedUs - endUs, arrivedUs + WINDOW_US];
		this.#leastLagUs = Math.min(this.#leastLagUs, arrivedUs - endUs - this.#offsetUs);
		if (arrivedUs > this.#windowEndUs) {
			if (Math.abs(this.#leastLagUs) > MOST_DRIFT_US) this.#offsetUs += this.#leastLagUs;
			[this.#leastLagUs, this.#windowEndUs] = [Number.POSITIVE_INFINITY, arrivedUs + WINDOW_US];
		}
		this.#lastUs = Math.max(this.#lastUs + 1, Math.round(endUs + this.#offsetUs));
		return this.#lastUs;
	}
}
