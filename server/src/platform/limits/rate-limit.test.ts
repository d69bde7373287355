import { expect, test } from 'vitest';
import { createAllowance, createRateLimiter } from './rate-limit.ts';

test('default: a burst, then as much as flows in; each key for itself', () => {
	let now = 0;
	const take = createRateLimiter({ burst: 2, perSecond: 0.5 }, { clock: () => now, code: 'Relayer_TooMany' });
	take('a');
	take('a');
	expect(() => take('a')).toThrow(expect.objectContaining({ code: 'Relayer_TooMany', kind: 'tooMany', details: { retryAfterSeconds: '2' } }));
	take('b');
	now = 2000;
	take('a');
	expect(() => take('a')).toThrow();
	now = 1_000_000;
	take('a');
	take('a');
	expect(() => take('a')).toThrow();
});

test('behavior: a debt is waited for', () => {
	let now = 10_000;
	const allowance = createAllowance({ burst: 100, perSecond: 10 }, { clock: () => now });
	allowance.require('a');
	allowance.spend('a', 149);
	expect(() => allowance.require('a')).toThrow(expect.objectContaining({ code: 'Request_TooMany', details: { retryAfterSeconds: '5' } }));
	now = 14_899;
	expect(() => allowance.require('a')).toThrow();
	now = 15_000;
	allowance.require('a');
});

test('behavior: the keys longest unheard of are forgotten, and those who are refused are not among them', () => {
	const take = createRateLimiter({ burst: 1, perSecond: 0.001 }, { clock: () => 0 });
	take('greedy');
	take('quiet');
	for (let i = 0; i < 49_999; i++) {
		if (i === 40_000) expect(() => take('greedy')).toThrow();
		take(`stranger ${i}`);
	}
	expect(() => take('greedy')).toThrow();
	take('quiet');
});
