import { expect, test } from 'vitest';
import { guardChange } from './guard-change.ts';

const [cold, other, usd, cny] = ['1', '2', '3', '4'].map((digit) => `0x${digit.repeat(40)}`) as [`0x${string}`, `0x${string}`, `0x${string}`, `0x${string}`];
const present = { cold, caps: [{ currency: usd, amount: '10' }] };

test('default: only what loosens has to wait', () => {
	expect(guardChange(null, cold, [])).toEqual({ kind: 'set' });
	expect(guardChange(present, cold, [{ token: usd, amount: 10n }])).toEqual({ kind: 'same' });
	expect(guardChange(present, cold, [{ token: usd, amount: 9n }])).toEqual({ kind: 'lower', lowered: [{ token: usd, amount: 9n }] });
	expect(guardChange(present, cold, [])).toEqual({ kind: 'lower', lowered: [{ token: usd, amount: 0n }] });
	expect(guardChange(present, cold, [{ token: usd, amount: 11n }])).toEqual({ kind: 'set' });
	expect(guardChange(present, other, [{ token: usd, amount: 9n }])).toEqual({ kind: 'set' });
	expect(
		guardChange(present, cold, [
			{ token: usd, amount: 9n },
			{ token: cny, amount: 1n },
		]),
	).toEqual({ kind: 'set' });
});
