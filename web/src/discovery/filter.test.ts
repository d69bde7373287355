import { expect, test, vi } from 'vitest';

vi.mock('#domain/shop/index.ts', () => ({ stalls: ['tea', 'ceramics'] }));
const { addressOf, filterFrom } = await import('./filter.ts');

const from = (text: string) => filterFrom(new URLSearchParams(text));

test('an address there and back', () => {
	const address = '/search?q=%E8%8C%B6&category=tea&kind=physical&currency=0x1111111111111111111111111111111111111111&stock=1&sort=priceUp';
	expect(addressOf(from(address.split('?')[1] ?? ''))).toBe(address);
	expect(addressOf(from(''))).toBe('/search');
});

test.each(['category=guns', 'kind=service', 'currency=0x12', 'sort=random', 'q=%20%20'])('behavior: %s is left out', (text) => {
	expect(addressOf(from(text))).toBe('/search');
});

test('behavior: endless questions are cut', () => {
	expect(from(`q=${'x'.repeat(500)}`).query).toHaveLength(200);
});
