import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { listingContent, SLUG, shopProfile } from './content.ts';
import { listingIdOf, listingOfOffer, offerIdOf, sequenceOfListing, shopAccountOf, shopOfListing, variantOfOffer } from './offer-id.ts';

describe('ids', () => {
	test('behavior: an offer names its listing, shop, sequence and variant', () => {
		const listing = listingIdOf(7n, 3n);
		const offer = offerIdOf(listing, 5);
		expect(listingOfOffer(offer)).toBe(listing);
		expect(variantOfOffer(offer)).toBe(5);
		expect(sequenceOfListing(listing)).toBe(3);
		expect(shopOfListing(listing)).toBe(7n);
		expect(shopAccountOf(7n)).toBe('0x0000000000000000000000000000000000000007');
	});
});

describe('slug', () => {
	test.each(['abc', 'tea-house', '123', 'a'.repeat(32)])('%s', (text) => expect(text).toMatch(SLUG));
	test.each(['ab', '-tea', 'tea-', 'Tea', 'té-a', 'a'.repeat(33), 'a b'])('error: %s', (text) => expect(text).not.toMatch(SLUG));
});

describe('content', () => {
	const listing = { title: { en: 'Tea' }, category: 'tea', kind: 'physical', media: [], options: [], variants: [{ values: [] }] };
	test('default', () => {
		expect(v.safeParse(listingContent, listing).success).toBe(true);
		expect(v.safeParse(shopProfile, { name: { en: 'Shop' }, kind: 'c2c' }).success).toBe(true);
	});
	test.each([
		['no variants', { ...listing, variants: [] }],
		['a foreign picture', { ...listing, media: [{ cid: 'https://evil.example/x.png', width: 1, height: 1 }] }],
		['an unknown category', { ...listing, category: 'weapons' }],
		['an unknown field', { ...listing, price: '1' }],
		['no title', { ...listing, title: {} }],
	])('error: %s', (_, bad) => expect(v.safeParse(listingContent, bad).success).toBe(false));
	test('behavior: markup in a title is a title; pages escape it', () => {
		expect(v.safeParse(listingContent, { ...listing, title: { en: '<script>alert(1)</script>' } }).success).toBe(true);
	});
});
