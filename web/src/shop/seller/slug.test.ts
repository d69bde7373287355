import { expect, test } from 'vitest';
import { alternativesTo, suggestSlug, tidySlug } from './slug.ts';

test('default: words become a slug', () => {
	expect(suggestSlug('Blue Harbor Ceramics')).toBe('blue-harbor-ceramics');
	expect(suggestSlug("Zoë & Mum's Café")).toBe('zoe-and-mums-cafe');
});

test('behavior: Chinese goes through the romaniser', () => {
	expect(suggestSlug('云上茶', () => 'yun shang cha')).toBe('yun-shang-cha');
	expect(suggestSlug('云上茶')).toBe('');
});

test('behavior: never longer than 32, never cut inside a word but the first', () => {
	expect(suggestSlug('the very long name of a shop that goes on and on')).toBe('the-very-long-name-of-a-shop');
	expect(suggestSlug('a'.repeat(40))).toBe('a'.repeat(32));
});

test('behavior: too short names get a tail', () => {
	expect(suggestSlug('Li')).toBe('li-shop');
});

test('default: typing is tidied', () => {
	expect(tidySlug(' My_Shop 2!')).toBe('my-shop-2');
	expect(tidySlug('--x')).toBe('x');
});

test('behavior: alternatives are valid slugs', () => {
	expect(alternativesTo('tea')).toEqual(['tea-shop', 'tea-studio', 'tea-2']);
	expect(alternativesTo('a'.repeat(31))).toEqual([]);
});
