import { expect, test } from 'vitest';
import { TokenBuckets } from './token-bucket.ts';

test('default: a burst, then as much as flows in; each key for itself', () => {
	let now = 0;
	const buckets = new TokenBuckets({ burst: 2, perSecond: 0.5 }, 'Relayer_TooMany', () => now);
	buckets.take('a');
	buckets.take('a');
	expect(() => buckets.take('a')).toThrow(expect.objectContaining({ code: 'Relayer_TooMany', kind: 'tooMany', details: { retryAfterSeconds: '2' } }));
	buckets.take('b');
	now = 2000;
	buckets.take('a');
	expect(() => buckets.take('a')).toThrow();
	now = 1_000_000;
	buckets.take('a');
	buckets.take('a');
	expect(() => buckets.take('a')).toThrow();
});
