import type { BagItem, BagOffer, DealView } from '@kaishi/protocol/live';
import { expect, test } from 'vitest';
import { goodsState } from './goods.ts';

const currency = '0x00000000000000000000000000000000000000c1' as const;
const money = (amount: number) => ({ currency, amount: String(amount) });
const offer = (offerId: string, price: number, left: number | null, deal: DealView | null = null): BagOffer => ({
	offerId,
	variant: 0,
	values: [],
	unitPrice: money(price),
	left,
	affiliateBps: 0,
	deal,
});
const deal = (change: Partial<DealView> = {}): DealView => ({
	listingId: '9',
	offerId: '90',
	ofOfferId: '1',
	unitPrice: money(60),
	left: 3,
	until: 1000,
	perBuyer: 1,
	coupon: false,
	...change,
});
const bag = (...offers: BagOffer[]): BagItem => ({ position: 1, listing: { price: money(100) } as unknown as BagItem['listing'], offers });
const nothing = new Map<string, number | null>();

test('default: the cheapest that can be bought, and all that is left', () => {
	expect(goodsState(bag(offer('1', 120, 2), offer('2', 100, 0), offer('3', 150, 4)), nothing, 0)).toEqual({
		price: money(120),
		struck: null,
		varies: true,
		left: 6,
		deal: null,
	});
});

test('behavior: what was heard since then counts', () => {
	const heard = new Map<string, number | null>([['1', 1]]);
	expect(goodsState(bag(offer('1', 120, 9)), heard, 0)).toMatchObject({ left: 1, varies: false });
	heard.set('1', 0);
	expect(goodsState(bag(offer('1', 120, 9)), heard, 0)).toMatchObject({ left: 0, price: money(120) });
});

test('behavior: one without end is without end', () => {
	expect(goodsState(bag(offer('1', 120, null), offer('2', 90, 3)), nothing, 0).left).toBeNull();
});

test('behavior: a running deal strikes the price that it undercuts', () => {
	expect(goodsState(bag(offer('1', 100, 5, deal())), nothing, 999)).toMatchObject({ price: money(60), struck: money(100), left: 3 });
});

test('behavior: a deal that is over or sold out is none', () => {
	const item = bag(offer('1', 100, 5, deal()));
	expect(goodsState(item, nothing, 1000)).toMatchObject({ price: money(100), struck: null, deal: null });
	expect(goodsState(item, new Map([['90', 0]]), 0).deal).toBeNull();
});

test('behavior: a coupon is for those who took it', () => {
	const item = bag(offer('1', 100, 5, deal({ coupon: true })));
	expect(goodsState(item, nothing, 0).deal).toBeNull();
	expect(goodsState(item, nothing, 0, new Set(['90'])).price).toEqual(money(60));
});
