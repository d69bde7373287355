import * as v from 'valibot';
import { expect, test } from 'vitest';
import { type CartLine, cartLine, mergeCarts, priceChange, quoteRequest, sumByCurrency } from './cart.ts';
import { MAX_CART_LINES } from './cart-limits.ts';
import type { OfferTermsWire } from './wire.ts';

const usd = '0x00000000000000000000000000000000000000Aa';
const eth = '0x0000000000000000000000000000000000000000';
const line = (offerId: string, change: Partial<CartLine> = {}): CartLine => ({
	offerId,
	quantity: 1,
	seen: { version: 1, currency: usd, unitPrice: '25000000', shippingPrice: '3000000' },
	affiliate: null,
	addedAt: 1_900_000_000 + Number(offerId),
	...change,
});
const terms = (change: Partial<OfferTermsWire> = {}) => ({ ...line('1').seen, ...change }) as unknown as OfferTermsWire;

test('two carts become one without doubles, oldest first', () => {
	const merged = mergeCarts([line('1', { quantity: 2 }), line('2')], [line('3'), line('1', { quantity: 5 })]);
	expect(merged.map(({ offerId, quantity }) => [offerId, quantity])).toEqual([
		['1', 5],
		['2', 1],
		['3', 1],
	]);
});

test('behavior: merging again, or the other way round, changes nothing', () => {
	const newer = line('1', { quantity: 1, addedAt: 1_900_000_500, seen: { version: 3, currency: usd, unitPrice: '26000000', shippingPrice: '0' } });
	const [a, b] = [
		[line('1', { quantity: 4, affiliate: eth }), line('2')],
		[newer, line('3')],
	];
	const merged = mergeCarts(a, b);
	expect(merged[0]).toEqual({ ...newer, quantity: 4, affiliate: eth, addedAt: 1_900_000_001 });
	expect(mergeCarts(b, a)).toEqual(merged);
	expect(mergeCarts(merged, a)).toEqual(merged);
	expect(mergeCarts(merged, merged)).toEqual(merged);
});

test('behavior: no more than one operation places', () => {
	const many = Array.from({ length: 30 }, (_, i) => line(String(i + 1)));
	expect(mergeCarts(many.slice(0, 15), many.slice(15))).toEqual(many.slice(0, MAX_CART_LINES));
});

test('a changed price is told with both totals', () => {
	expect(priceChange(line('1', { quantity: 2 }), terms())).toBeNull();
	expect(priceChange(line('1', { quantity: 2 }), terms({ unitPrice: '20000000' }))).toEqual({
		before: { currency: usd, amount: '53000000' },
		now: { currency: usd, amount: '43000000' },
	});
	expect(priceChange(line('1'), terms({ currency: eth }))).not.toBeNull();
});

test('coins are summed apart', () => {
	const amounts = [
		{ currency: usd, amount: '1' },
		{ currency: eth, amount: '7' },
		{ currency: usd.toLowerCase() as typeof usd, amount: '2' },
	] as const;
	expect(sumByCurrency(amounts)).toEqual([
		{ currency: usd, amount: '3' },
		{ currency: eth, amount: '7' },
	]);
});

test.each([
	['no pieces', { quantity: 0 }],
	['half a piece', { quantity: 1.5 }],
	['too many pieces', { quantity: 100 }],
	['a made-up coin', { seen: { ...line('1').seen, currency: 'USD' } }],
	['a negative price', { seen: { ...line('1').seen, unitPrice: '-1' } }],
	['more than we know of', { note: 'hello' }],
])('error: a cart line with %s', (_, change) => {
	expect(v.safeParse(cartLine, { ...line('1'), ...change }).success).toBe(false);
});

test('error: a quote for nothing, or for more than one operation places', () => {
	const of = (count: number) => ({ lines: Array.from({ length: count }, (_, i) => ({ offerId: String(i + 1), quantity: 1 })) });
	expect(v.safeParse(quoteRequest, of(0)).success).toBe(false);
	expect(v.safeParse(quoteRequest, of(MAX_CART_LINES)).success).toBe(true);
	expect(v.safeParse(quoteRequest, of(MAX_CART_LINES + 1)).success).toBe(false);
});
