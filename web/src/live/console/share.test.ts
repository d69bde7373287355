import type { BagItem } from '@kaishi/protocol/live';
import { expect, test } from 'vitest';
import { shareOf } from './share.ts';

const item = (...shares: number[]) => ({ offers: shares.map((affiliateBps) => ({ affiliateBps })) }) as unknown as BagItem;

test('default: the least and the most that any variant gives', () => {
	expect(shareOf([item(500, 300), item(0)])).toEqual({ least: 0, most: 500 });
	expect(shareOf([item(1000)])).toEqual({ least: 1000, most: 1000 });
});

test('behavior: nothing in the bag, or nothing to give', () => {
	expect(shareOf([])).toBeNull();
	expect(shareOf([item(0), item(0, 0)])).toBeNull();
});
