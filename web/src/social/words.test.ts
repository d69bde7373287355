import { expect, test, vi } from 'vitest';

vi.mock('#platform/i18n/index.ts', () => ({ m: new Proxy({}, { get: (_, key: string) => () => key }) }));
const { iconOf, tell } = await import('./words.ts');

test('every step is told to whom it matters; one that this page does not know is still news', () => {
	expect(tell({ event: 'OrderPlaced', side: 'shop', cause: null })).toBe('social_told_sold');
	expect(tell({ event: 'OrderReturning', side: 'buyer', cause: null })).toBe('social_told_returning_buyer');
	for (const event of ['OrderFuture', 'toString', '__proto__']) {
		expect(tell({ event, side: 'shop', cause: null })).toBe('social_told_changed');
		expect(iconOf(event)).toBe('info');
	}
});

test.each([
	[0, 'social_told_late_shop', 'social_told_late_buyer'],
	[1, 'social_told_cancelled', 'social_told_cancelled'],
	[2, 'social_told_refunded', 'social_told_refunded'],
	[4, 'social_told_money_back_shop', 'social_told_money_back_buyer'],
])('money that went back for reason %s', (cause, shop, buyer) => {
	expect(tell({ event: 'OrderRefunded', side: 'shop', cause })).toBe(shop);
	expect(tell({ event: 'OrderRefunded', side: 'buyer', cause })).toBe(buyer);
});
