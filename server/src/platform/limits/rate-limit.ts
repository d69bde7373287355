import { Refusal } from '@kaishi/protocol/platform/errors';

/** So much at once, and so much per second after that. What is counted (requests, milliseconds) is the caller's to say. */
export interface Rate {
	burst: number;
	perSecond: number;
}

/** What each key may still spend: a token bucket per key. */
export interface Allowance {
	/** Throws a `Refusal` of kind `tooMany` with `retryAfterSeconds` unless `key` has at least one left. */
	require(key: string): void;
	/** May go below zero: the debt is waited for. */
	spend(key: string, amount: number): void;
}

/** Forgetting the least recently used keys beyond this bounds memory. */
const MAX_KEYS = 50_000;

const monotonic = () => performance.now();

/** `clock` in milliseconds, from any origin; `code` is what refusals are called. */
export function createAllowance(rate: Rate, { clock = monotonic, code = 'Request_TooMany' }: { clock?: () => number; code?: string } = {}): Allowance {
	const buckets = new Map<string, { left: number; at: number }>();
	const leftOf = (key: string, now: number) => {
		const bucket = buckets.get(key);
		return bucket ? Math.min(rate.burst, bucket.left + (Math.max(0, now - bucket.at) / 1000) * rate.perSecond) : rate.burst;
	};
	const remember = (key: string, left: number, at: number) => {
		buckets.delete(key);
		buckets.set(key, { left, at });
		if (buckets.size > MAX_KEYS) buckets.delete(buckets.keys().next().value as string);
	};
	return {
		require(key) {
			const now = clock();
			const left = leftOf(key, now);
			// Whoever is refused stays remembered: else asking on would bring a full bucket back.
			remember(key, left, now);
			if (left < 1) throw new Refusal(code, 'tooMany', { retryAfterSeconds: String(Math.ceil((1 - left) / rate.perSecond)) });
		},
		spend(key, amount) {
			const now = clock();
			remember(key, leftOf(key, now) - amount, now);
		},
	};
}

/** An allowance that is spent one by one: takes one for `key`, or throws as `Allowance.require` does. */
export function createRateLimiter(rate: Rate, options: { clock?: () => number; code?: string } = {}): (key: string) => void {
	const allowance = createAllowance(rate, options);
	return (key) => {
		allowance.require(key);
		allowance.spend(key, 1);
	};
}
