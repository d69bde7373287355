import { expect, test } from 'vitest';
import { EMPTY, parseCart } from './cart-storage.ts';

const line = {
	offerId: '7',
	quantity: 2,
	seen: { version: 1, currency: '0x00000000000000000000000000000000000000Aa', unitPrice: '5', shippingPrice: '0' },
	affiliate: null,
	addedAt: 1_900_000_000,
};

test('what was stored comes back', () => {
	expect(parseCart(JSON.stringify({ owner: null, lines: [line] }))).toEqual({ owner: null, lines: [line] });
});

test('behavior: doubles and what is no line fall out', () => {
	const bad = [
		null,
		7,
		{ ...line, offerId: '<b>' },
		{ ...line, quantity: 0 },
		{ ...line, seen: null },
		{ ...line, affiliate: 'me' },
		{ ...line, seen: { ...line.seen, unitPrice: '1e9' } },
	];
	expect(parseCart(JSON.stringify({ owner: '0xabc', lines: [line, ...bad, line] }))).toEqual({ owner: '0xabc', lines: [line] });
});

test.each([null, '', '{', '[]', '{"lines":7}', 'null'])('error: %s is an empty cart', (text) => {
	expect(parseCart(text)).toEqual(EMPTY);
});
