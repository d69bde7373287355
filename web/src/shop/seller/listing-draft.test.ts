import { contentIdOf } from '@kaishi/protocol/platform/content-id';
import { listingContent, UNLIMITED_STOCK } from '@kaishi/protocol/shop';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { parsePrice } from '#platform/i18n/parse-price.ts';
import { problemsOfDraft } from './draft-problems.ts';
import { contentBytes, contentOfDraft, emptyDraft, type ListingDraft, offersOfDraft, parseStock } from './listing-draft.ts';
import { DAY } from './policy.ts';
import { buildMatrix } from './variants.ts';

const usd = '0x0000000000000000000000000000000000000001';
const court = '0x0000000000000000000000000000000000000002';
const picture = { view: { cid: contentIdOf(new Uint8Array([1])), width: 800, height: 600, alt: null, renditions: [], blur: '' }, alt: { en: ' A cup ' } };

function draftOf(changes: Partial<ListingDraft> = {}): ListingDraft {
	return {
		...emptyDraft(usd),
		title: { en: ' Cup ', 'zh-CN': '' },
		pictures: [picture],
		rows: [{ values: [], price: '12.50', stock: '3', sku: '', media: null }],
		...changes,
	};
}

test('default: content passes the protocol schema and drops empty parts', () => {
	const content = contentOfDraft(draftOf());
	expect(v.parse(listingContent, content)).toEqual(content);
	expect(content).toEqual({
		title: { en: 'Cup' },
		category: 'craft',
		kind: 'physical',
		media: [{ cid: picture.view.cid, width: 800, height: 600, alt: { en: 'A cup' } }],
		options: [],
		variants: [{ values: [] }],
	});
});

test('behavior: variants answer the options one by one', () => {
	const options = [{ name: { en: 'Size' }, values: [{ en: 'S' }, { en: 'M' }] }];
	const draft = draftOf({ options, rows: buildMatrix(options, draftOf().rows) });
	const content = contentOfDraft(draft);
	expect(v.parse(listingContent, content).variants.map((x) => x.values)).toEqual([[{ en: 'S' }], [{ en: 'M' }]]);
	expect(problemsOfDraft(draft, 6, 0)).toEqual([]);
});

test('default: offers in base units', () => {
	const { terms, stocks } = offersOfDraft(draftOf({ shipping: '3' }), 6, court);
	expect(terms[0]).toMatchObject({ currency: usd, unitPrice: 12_500_000n, shippingPrice: 3_000_000n, shipBySeconds: 3 * DAY, arbitrator: court });
	expect(stocks).toEqual([3n]);
});

test('behavior: digital goods ship at purchase and cost no delivery', () => {
	const { terms } = offersOfDraft(draftOf({ kind: 'digital', shipping: '3' }), 6, court);
	expect(terms[0]).toMatchObject({ shipBySeconds: 0, cancelSeconds: 0, returnSeconds: 0, shippingPrice: 0n });
});

test('behavior: amounts and stock as people type them', () => {
	expect(parsePrice('1,234.5', 2)).toBe(123_450n);
	expect(parsePrice('1.234', 2)).toBeNull();
	expect(parsePrice('-1', 2)).toBeNull();
	expect(parsePrice('1e3', 2)).toBeNull();
	expect(parseStock('')).toBe(UNLIMITED_STOCK);
	expect(parseStock('1.5')).toBeNull();
	expect(parseStock('999999999999999')).toBeNull();
});

test('error: each problem names its place', () => {
	const bad = draftOf({ title: {}, shipping: 'x', rows: [{ values: [], price: '0', stock: '-1', sku: 'x'.repeat(41), media: null }] });
	expect(problemsOfDraft(bad, 6, 0)).toEqual([
		{ code: 'titleMissing', part: 'basics' },
		{ code: 'priceZero', part: 'variants', row: 0 },
		{ code: 'stockInvalid', part: 'variants', row: 0 },
		{ code: 'skuTooLong', part: 'variants', row: 0 },
		{ code: 'shippingInvalid', part: 'variants' },
	]);
});

test('error: content above 8192 bytes, counted in UTF-8', () => {
	const draft = draftOf({ description: { 'zh-CN': '茶'.repeat(2800) } });
	expect(contentBytes(draft)).toBeGreaterThan(8192);
	expect(problemsOfDraft(draft, 6, 0)).toEqual([{ code: 'contentTooLong', part: 'size' }]);
});
