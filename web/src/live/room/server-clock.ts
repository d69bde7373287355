/** One question to the server's clock and its answer, all milliseconds: asked and heard by this browser's clock, `now` by the server's. */
export interface ClockSample {
	askedAt: number;
	heardAt: number;
	now: number;
}

const KEPT = 8;

/**
 * The server's clock as seen from here. An answer is off by at most half of its way there and back, so the quickest of the last few
 * is believed; until one was asked for, whatever the server happens to say, which is late by the way here.
 */
export class ServerClock {
	#samples: ClockSample[] = [];
	#offset: number | null = null;

	/** The server named its time unasked. */
	overhear(now: number, heardAt: number): void {
		if (this.#samples.length > 0) return;
		this.#offset = Math.max(this.#offset ?? Number.NEGATIVE_INFINITY, now - heardAt);
	}

	/** The server answered. */
	hear(sample: ClockSample): void {
		if (sample.heardAt < sample.askedAt) return;
		this.#samples = [...this.#samples, sample].slice(-KEPT);
		const best = this.#samples.reduce((a, b) => (b.heardAt - b.askedAt < a.heardAt - a.askedAt ? b : a));
		this.#offset = best.now - (best.askedAt + best.heardAt) / 2;
	}

	/** What the server's clock shows when this browser's shows `here`. */
	at(here: number): number {
		return here + (this.#offset ?? 0);
	}
}
