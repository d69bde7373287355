import { Refusal } from '@kaishi/protocol/platform/errors';

/** So much at once, and so much per second after that. */
export interface Rate {
	burst: number;
	perSecond: number;
}

interface Bucket {
	tokens: number;
	/** Milliseconds. */
	at: number;
}

const MAX_BUCKETS = 50_000;

/** A token bucket per key. Forgetting the least recently used beyond `MAX_BUCKETS` keeps memory bounded. */
export function createRateLimiter(rate: Rate, clock: () => number): (key: string) => void {
	const buckets = new Map<string, Bucket>();
	return (key) => {
		const now = clock();
		const bucket = buckets.get(key) ?? { tokens: rate.burst, at: now };
		buckets.delete(key);
		const tokens = Math.min(rate.burst, bucket.tokens + (Math.max(0, now - bucket.at) / 1000) * rate.perSecond);
		buckets.set(key, { tokens: tokens >= 1 ? tokens - 1 : tokens, at: now });
		if (buckets.size > MAX_BUCKETS) buckets.delete(buckets.keys().next().value as string);
		if (tokens < 1) throw new Refusal('Request_TooMany', 'tooMany', { retryAfterSeconds: String(Math.ceil((1 - tokens) / rate.perSecond)) });
	};
}
