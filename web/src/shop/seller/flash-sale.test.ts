import { AUCTION_HOUSE, MAX_PLEDGE_SECONDS } from '@kaishi/protocol/shop';
import { expect, test } from 'vitest';
import { flashSaleEnd, flashSaleLengths, isAtAuction, pledgeable, pledgedUntil } from './flash-sale.ts';

const now = Math.floor(Date.UTC(2026, 10, 22, 14, 30) / 1000);

test('default: every length ends later than now and early enough for the contract', () => {
	for (const length of flashSaleLengths) {
		expect(flashSaleEnd(length, now)).toBeGreaterThan(now);
		expect(flashSaleEnd(length, now)).toBeLessThan(now + MAX_PLEDGE_SECONDS);
	}
	expect(new Date(flashSaleEnd('evening', now) * 1000).getHours()).toBe(0);
});

test('behavior: what never runs out, is gone or is kept already is not kept', () => {
	const offer = (stock: number | null, until: number | null = null) => ({ stock, pledge: until === null ? null : { operatorId: 1, until } }) as never;
	expect(pledgeable([offer(null), offer(0), offer(3), offer(5, now + 9)])).toEqual([offer(3)]);
	expect(pledgedUntil([offer(3), offer(3, now - 1)], now)).toBeNull();
	expect(pledgedUntil([offer(3, now), offer(3, now + 9)], now)).toBe(now + 9);
});

test('behavior: what an auction keeps is no flash sale', () => {
	const kept = (operatorId: number, until = now + 9) => ({ pledge: { operatorId, until } });
	expect(isAtAuction([{ pledge: null }, kept(AUCTION_HOUSE), kept(1, now - 1)], now)).toBe(true);
	expect(isAtAuction([kept(AUCTION_HOUSE), kept(1)], now)).toBe(false);
	expect(isAtAuction([{ pledge: null }, kept(AUCTION_HOUSE, now - 1)], now)).toBe(false);
});
