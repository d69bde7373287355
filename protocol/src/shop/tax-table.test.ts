import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { listingContent, shopProfile } from './content.ts';
import { taxSettings } from './tax-table.ts';
import { taxTemplates } from './tax-templates.ts';

const accepts = (schema: v.GenericSchema, value: unknown) => v.safeParse(schema, value).success;
const region = (change: object) => ({ regions: [{ region: 'DE', standard: 1900, ...change }] });

test.each(taxTemplates)('default: the template $key is a valid table', ({ regions }) => {
	expect(accepts(taxSettings, { regions })).toBe(true);
	expect(accepts(shopProfile, { name: { en: 'Shop' }, kind: 'b2c', tax: { regions } })).toBe(true);
});

test.each([
	['a rate above the price', region({ standard: 10_001 })],
	['a negative rate', region({ reduced: -1 })],
	['half a basis point', region({ standard: 0.5 })],
	['a region in words', region({ region: 'Germany' })],
	['a field too many', region({ admin: true })],
	['a note that turns the page around', region({ note: { en: 'free\u202Etax' } })],
	['a name with a line break', region({ name: 'V\nAT' })],
	['a region twice', { regions: [region({}).regions[0], region({}).regions[0]] }],
	['more regions than a profile holds', { regions: Array.from({ length: 61 }, (_, i) => ({ region: `US-${i}`, standard: 1 })) }],
	['an invisible seller', { regions: [], seller: { name: '\u200B\u200B', street: 'a', city: 'b', country: 'DE' } }],
])('error: %s', (_, settings) => {
	expect(accepts(taxSettings, settings)).toBe(false);
});

describe('what a border asks', () => {
	const listing = { title: { en: 'Cup' }, category: 'ceramics', kind: 'physical', media: [], options: [], variants: [{ values: [] }] };
	const customs = { origin: 'CN', hsCode: '691110', duties: 'dap' };

	test.each([
		['everything', { parcel: { weightGrams: 420, sizeMm: [120, 90, 80] }, customs, taxClass: 'reduced' }, true],
		['a ten-digit line', { customs: { ...customs, hsCode: '6911100010' } }, true],
		['seven digits', { customs: { ...customs, hsCode: '6911100' } }, false],
		['a weightless parcel', { parcel: { weightGrams: 0 } }, false],
		['two dimensions', { parcel: { sizeMm: [1, 2] } }, false],
		['an unknown class', { taxClass: 'luxury' }, false],
		['a download that weighs something', { kind: 'digital', parcel: { weightGrams: 1 } }, false],
		['a download that crosses a border', { kind: 'digital', customs }, false],
	])('default: %s', (_, change, expected) => {
		expect(accepts(listingContent, { ...listing, ...change })).toBe(expected);
	});
});
