import { readFileSync } from 'node:fs';
import { type Address, type Hex, hashTypedData } from 'viem';
import { describe, expect, test } from 'vitest';
import { orderBookDomain, orderIdOf, orderTypes, termsHashOf } from './order.ts';
import { settle } from './settlement.ts';
import { type OrderWire, orderFromWire, orderToWire } from './wire.ts';

const read = <T>(name: string): T => JSON.parse(readFileSync(new URL(`../../vectors/${name}.json`, import.meta.url), 'utf8')) as T;

interface HashCase {
	name: string;
	chainId: number;
	orderBook: Address;
	order: OrderWire;
	termsHash: Hex;
	orderId: Hex;
}

describe('order-hash', () => {
	test.each(read<{ cases: HashCase[] }>('order-hash').cases)('$name', ({ order: wire, chainId, orderBook, termsHash, orderId }) => {
		const order = orderFromWire(wire);
		expect(termsHashOf(order.terms)).toBe(termsHash);
		expect(orderIdOf(order, chainId, orderBook)).toBe(orderId);
		expect(orderToWire(order)).toEqual(wire);
		expect(orderIdOf(order, chainId + 1, orderBook)).not.toBe(orderId);
		expect(hashTypedData({ domain: orderBookDomain(chainId, orderBook), types: orderTypes, primaryType: 'Order', message: order })).toBe(orderId);
	});
});

interface SettlementCase {
	name: string;
	unitPrice: string;
	quantity: string;
	shippingPrice: string;
	splitBps: number[];
	affiliateBps: number;
	hasAffiliate: boolean;
	feeBps: number;
	buyerBps: number;
	expected: { total: string; buyerAmount: string; splits: string[]; affiliate: string; fee: string; sellerAmount: string };
}

const account = (n: number): Address => `0x${n.toString(16).padStart(40, '0')}`;

describe('settlement', () => {
	test.each(read<{ cases: SettlementCase[] }>('settlement').cases)('$name', (one) => {
		const terms = {
			currency: account(0),
			unitPrice: BigInt(one.unitPrice),
			shippingPrice: BigInt(one.shippingPrice),
			returnShippingPrice: 0n,
			shipDate: 0,
			shipBySeconds: 1,
			confirmBySeconds: 1,
			cancelSeconds: 1,
			returnSeconds: 1,
			warrantySeconds: 0,
			restockingBps: 0,
			warrantyBps: 0,
			remedies: 0,
			affiliateBps: one.affiliateBps,
			arbitrator: account(1),
			splits: one.splitBps.map((bps, i) => ({ recipient: account(i + 10), bps })),
		};
		const settled = settle({ terms, quantity: BigInt(one.quantity), affiliate: account(one.hasAffiliate ? 2 : 0), feeBps: one.feeBps }, one.buyerBps);
		const sum = (kind: string, to?: Address) =>
			settled.shares
				.filter((s) => s.kind === kind && (!to || s.account === to))
				.reduce((n, s) => n + s.amount, 0n)
				.toString();
		expect({
			total: settled.total.toString(),
			buyerAmount: settled.buyerAmount.toString(),
			splits: one.splitBps.map((_, i) => sum('split', account(i + 10))),
			affiliate: sum('affiliate'),
			fee: sum('fee'),
			sellerAmount: settled.sellerAmount.toString(),
		}).toEqual(one.expected);
	});
});
