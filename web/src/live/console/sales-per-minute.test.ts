import type { MinuteFigures } from '@kaishi/protocol/live';
import { expect, test } from 'vitest';
import { salesPerMinute } from './sales-per-minute.ts';

const [usd, eur] = ['0x00000000000000000000000000000000000000c1', '0x00000000000000000000000000000000000000c2'] as const;
const MINUTE = 60_000;
const minute = (n: number, amount: bigint, currency: `0x${string}` = usd) =>
	({ at: n * MINUTE, sales: [{ currency, amount: amount.toString() }] }) as unknown as MinuteFigures;

test('default: the mean of the last five minutes', () => {
	const minutes = [minute(0, 9_000_000n), ...[5, 6, 7, 8, 9].map((n) => minute(n, 100n))];
	expect(salesPerMinute(minutes, 10 * MINUTE)).toEqual([{ currency: usd, amount: '100' }]);
});

test('behavior: a young show is not made to look slow, and what was sold long ago does not count', () => {
	expect(salesPerMinute([minute(0, 300n)], MINUTE / 2)).toEqual([{ currency: usd, amount: '300' }]);
	expect(salesPerMinute([minute(0, 300n), minute(1, 100n)], 2 * MINUTE)).toEqual([{ currency: usd, amount: '200' }]);
	expect(salesPerMinute([minute(0, 300n)], 20 * MINUTE)).toEqual([]);
});

test('behavior: currencies are never added up', () => {
	expect(salesPerMinute([minute(0, 300n), minute(0, 200n, eur)], 1)).toEqual([
		{ currency: usd, amount: '300' },
		{ currency: eur, amount: '200' },
	]);
	expect(salesPerMinute([], 5)).toEqual([]);
});
