import { expect, test } from 'vitest';
import { keptOf, moneyBackOf } from './money-back.ts';

const money = (amount: string) => ({ currency: '0x0000000000000000000000000000000000000001' as const, amount });
const order = (restockingBps: number, returnShippingPrice: string, held = '28000000') =>
	({ held: money(held), subtotal: money('25000000'), order: { terms: { restockingBps, returnShippingPrice } } }) as unknown as Parameters<typeof keptOf>[0];

test('default: a return without a reason costs what the terms say, one with a reason nothing', () => {
	expect(keptOf(order(1000, '2000000'))).toBe(4_500_000n);
	expect(moneyBackOf(order(1000, '2000000'), 'return', true, 10_000)).toBe(23_500_000n);
	expect(moneyBackOf(order(1000, '2000000'), 'return', false, 10_000)).toBe(28_000_000n);
});

test('behavior: parts are rounded down, an exchange brings no money, and nobody keeps more than is held', () => {
	expect(moneyBackOf(order(0, '0', '10000001'), 'refund', false, 2500)).toBe(2_500_000n);
	expect(moneyBackOf(order(0, '0'), 'exchange', true, 10_000)).toBe(0n);
	expect(keptOf(order(5000, '25000000', '2800000'))).toBe(2_800_000n);
});
