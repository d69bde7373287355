import { UNLIMITED_STOCK } from '@kaishi/protocol/shop';
import { expect, test } from 'vitest';
import { productFilterOf, productMatches } from './product-filters.ts';
import { stockChanges } from './stock-edits.ts';

const offers = [
	{ offerId: '1', stock: 5 },
	{ offerId: '2', stock: null },
	{ offerId: '3', stock: 0 },
];

test('default: only what differs is a change', () => {
	expect(stockChanges(offers, { '1': ' 5 ', '2': '', '3': '12' })).toEqual({ changes: [{ offerId: '3', from: 0, to: 12n }], invalid: [] });
	expect(stockChanges(offers, { '1': '' }).changes).toEqual([{ offerId: '1', from: 5, to: UNLIMITED_STOCK }]);
});

test('error: text that is no stock is named', () => {
	expect(stockChanges(offers, { '1': 'many', '2': '-1' })).toEqual({ changes: [], invalid: ['1', '2'] });
});

test('default: products by view', () => {
	expect(productFilterOf('nonsense')).toBe('all');
	const product = (listed: boolean, ...stocks: (number | null)[]) => ({ listed, offers: stocks.map((stock) => ({ stock })) });
	expect(productMatches(product(true, 5, 0), 'out')).toBe(true);
	expect(productMatches(product(false, 0), 'out')).toBe(false);
	expect(productMatches(product(false, 3), 'delisted')).toBe(true);
	expect(productMatches(product(true, null, 4), 'out')).toBe(false);
});
