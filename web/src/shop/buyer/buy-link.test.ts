import { expect, test } from 'vitest';
import { buyLink, referrerOf } from './buy-link.ts';

const referrer = '0x1111111111111111111111111111111111111111';

test('carries offer, version, quantity and referrer', () => {
	expect(buyLink('42', 3, 2, null)).toBe('/checkout?offer=42&v=3&n=2');
	expect(buyLink('42', 3, 1, referrer)).toBe(`/checkout?offer=42&v=3&n=1&ref=${referrer}`);
});

test.each(['', 'javascript:alert(1)', '0x12', `0x${'0'.repeat(40)}`, `${referrer}0`])('behavior: %s refers nobody', (ref) => {
	expect(referrerOf(new URLSearchParams({ ref }))).toBeNull();
});

test('an account refers', () => {
	expect(referrerOf(new URLSearchParams({ ref: referrer }))).toBe(referrer);
});
