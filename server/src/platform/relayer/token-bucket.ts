import { Refusal } from '@kaishi/protocol/platform/errors';

export interface Rate {
	/** How many at once. */
	burst: number;
	perSecond: number;
}

/** Above this many keys, those whose buckets are full again are forgotten. */
const MANY = 10_000;

/** A token bucket per key: takes one or throws a `Refusal` of kind `tooMany` that says how long to wait. */
export class TokenBuckets {
	readonly #rate: Rate;
	readonly #code: string;
	/** Milliseconds, any origin. */
	readonly #clock: () => number;
	readonly #buckets = new Map<string, { tokens: number; at: number }>();

	constructor(rate: Rate, code: string, clock: () => number = () => performance.now()) {
		this.#rate = rate;
		this.#code = code;
		this.#clock = clock;
	}

	take(key: string): void {
		const now = this.#clock();
		const bucket = this.#buckets.get(key) ?? { tokens: this.#rate.burst, at: now };
		const tokens = Math.min(this.#rate.burst, bucket.tokens + ((now - bucket.at) / 1000) * this.#rate.perSecond);
		if (tokens < 1) {
			throw new Refusal(this.#code, 'tooMany', { retryAfterSeconds: String(Math.ceil((1 - tokens) / this.#rate.perSecond)) });
		}
		this.#buckets.set(key, { tokens: tokens - 1, at: now });
		if (this.#buckets.size > MANY) this.#forget(now);
	}

	#forget(now: number) {
		for (const [key, { tokens, at }] of this.#buckets) {
			if (tokens + ((now - at) / 1000) * this.#rate.perSecond >= this.#rate.burst) this.#buckets.delete(key);
		}
	}
}
