/** The sender's count of ticks as µs since its first packet came; it wraps around every few hours. */
export class RtpClock {
	readonly #rate: number;
	#last: number | null = null;
	#us = 0;

	/** `rate`: ticks in a second. */
	constructor(rate: number) {
		this.#rate = rate;
	}

	/** `arrivedUs`: on a clock that all tracks share. */
	place(timestamp: number, arrivedUs: number): number {
		this.#us = this.#last === null ? arrivedUs : this.#us + (((timestamp - this.#last) | 0) * 1e6) / this.#rate;
		this.#last = timestamp;
		return this.#us;
	}
}
