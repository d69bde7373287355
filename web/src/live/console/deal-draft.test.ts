import type { ListingView, OfferView } from '@kaishi/protocol/shop';
import { describe, expect, test } from 'vitest';
import { type DealDraft, dealable, isSound, openingOf, problemsOfDeal } from './deal-draft.ts';

const currency = '0x00000000000000000000000000000000000000c1';
const offer = (variant: number, stock: number | null, change: Partial<OfferView> = {}): OfferView => ({
	offerId: String(100 + variant),
	variant,
	values: [{ en: `size ${variant}` }],
	sku: null,
	media: null,
	stock,
	pledge: null,
	deal: null,
	terms: {
		currency,
		unitPrice: String(10_000_000 + variant),
		shippingPrice: '2000000',
		returnShippingPrice: '0',
		shipDate: 0,
		shipBySeconds: 86_400,
		confirmBySeconds: 86_400,
		cancelSeconds: 0,
		returnSeconds: 0,
		warrantySeconds: 0,
		restockingBps: 0,
		warrantyBps: 0,
		affiliateBps: 0,
		remedies: 0,
		arbitrator: currency,
		splits: [],
	},
	...change,
});
const listing = (...offers: OfferView[]): ListingView =>
	({
		id: '9',
		shop: { id: '7', slug: 'tea', name: { en: 'Tea' } },
		title: { en: 'Tin of tea' },
		description: null,
		category: 'tea',
		kind: 'physical',
		media: [],
		options: [{ en: 'size' }],
		offers,
		attributes: [],
		taxClass: null,
		parcel: null,
		customs: null,
		perAccount: 3,
		dealOf: null,
	}) as unknown as ListingView;
const draft = (change: Partial<DealDraft> = {}): DealDraft => ({
	pieces: { '100': '5' },
	price: '8',
	seconds: 60,
	perBuyer: '1',
	coupon: false,
	byTab: false,
	...change,
});
const problems = (change: Partial<DealDraft>, ...offers: OfferView[]) => problemsOfDeal(listing(...(offers.length ? offers : [offer(0, 9)])), draft(change), 6);

test('default: nothing is wrong', () => {
	expect(isSound(problems({}))).toBe(true);
	expect(isSound(problems({ perBuyer: '' }, offer(0, null)))).toBe(true);
});

describe('what is wrong', () => {
	test.each([
		[{ price: '' }, { price: 'missing' }],
		[{ price: '0' }, { price: 'missing' }],
		[{ price: 'x' }, { price: 'missing' }],
		[{ price: '10' }, { price: 'notLower' }],
		[{ pieces: {} }, { pieces: 'none' }],
		[{ pieces: { '100': '10' } }, { pieces: 'tooMany' }],
		[{ pieces: { '100': '0' } }, { pieces: 'tooMany' }],
		[{ pieces: { '100': '1.5' } }, { pieces: 'tooMany' }],
		[{ perBuyer: '0' }, { perBuyer: true }],
		[{ perBuyer: 'two' }, { perBuyer: true }],
	])('%j', (change, expected) => {
		expect(problems(change)).toMatchObject(expected);
	});
});

test('behavior: what is sold out, kept for a flash sale or a deal itself is no source', () => {
	const kept = offer(2, 5, { pledge: { operatorId: 1, until: 9 } });
	const deal = offer(3, 5, { deal: { from: '1', until: 9, perBuyer: null, over: false } });
	expect(dealable(listing(offer(0, 1), offer(1, 0), kept, deal)).map(({ offerId }) => offerId)).toEqual(['100']);
});

test('behavior: anybody’s deal ends when it says; an operator’s a little later, for what was promised', () => {
	const sizes = listing(offer(0, 9), offer(1, 9));
	expect(openingOf(sizes, draft(), { decimals: 6, operatorId: 4, now: 1000 })).toMatchObject({
		shopId: 7n,
		operatorId: 0,
		until: 1060,
		perBuyer: 1,
		parts: [{ from: 100n, pieces: 5, terms: { unitPrice: 8_000_000n, shippingPrice: 2_000_000n } }],
	});
	expect(openingOf(sizes, draft({ byTab: true }), { decimals: 6, operatorId: 4, now: 1000 })).toMatchObject({ operatorId: 4, until: 1180 });
	expect(openingOf(sizes, draft({ byTab: true }), { decimals: 6, operatorId: null, now: 1000 })).toMatchObject({ operatorId: 0, until: 1060 });
});

test('behavior: the deal says what the listing says, of its variants', () => {
	const { content } = openingOf(listing(offer(0, 9), offer(1, 9)), draft({ pieces: { '101': '2' }, coupon: true }), { decimals: 6, operatorId: null, now: 0 });
	expect(content).toMatchObject({ title: { en: 'Tin of tea' }, coupon: true, variants: [{ values: [{ en: 'size 1' }] }] });
	expect(content).not.toHaveProperty('perAccount');
});

test('error: a draft that is not ready', () => {
	expect(() => openingOf(listing(offer(0, 9)), draft({ price: '' }), { decimals: 6, operatorId: null, now: 0 })).toThrow(RangeError);
});
