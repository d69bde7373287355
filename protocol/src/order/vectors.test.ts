import { readFileSync } from 'node:fs';
import { type Address, type Hex, hashTypedData } from 'viem';
import { describe, expect, test } from 'vitest';
import { orderBookDomain, orderIdOf, orderTypes, termsHashOf } from './order.ts';
import { keptOnReturn, type SettledPart, settle } from './settlement.ts';
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
	by: 'confirm' | 'ruling' | 'granted part' | 'settlement' | 'return';
	part: SettledPart;
	unitPrice: string;
	quantity: string;
	shippingPrice: string;
	splitBps: number[];
	affiliateBps: number;
	hasAffiliate: boolean;
	feeBps: number;
	buyerBps: number;
	warrantyBps: number;
	restockingBps: number;
	returnShippingPrice: string;
	expected: { total: string; held: string; buyerAmount: string; splits: string[]; affiliate: string; fee: string; sellerAmount: string };
}

const account = (n: number): Address => `0x${n.toString(16).padStart(40, '0')}`;

function orderOf(one: SettlementCase) {
	const terms = {
		currency: account(0),
		unitPrice: BigInt(one.unitPrice),
		shippingPrice: BigInt(one.shippingPrice),
		returnShippingPrice: BigInt(one.returnShippingPrice),
		shipDate: 0,
		shipBySeconds: 1,
		confirmBySeconds: 1,
		cancelSeconds: 1,
		returnSeconds: 1,
		warrantySeconds: one.warrantyBps === 0 ? 0 : 1,
		restockingBps: one.restockingBps,
		warrantyBps: one.warrantyBps,
		remedies: 0,
		affiliateBps: one.affiliateBps,
		arbitrator: account(1),
		splits: one.splitBps.map((bps, i) => ({ recipient: account(i + 10), bps })),
	};
	return { terms, quantity: BigInt(one.quantity), affiliate: account(one.hasAffiliate ? 2 : 0), feeBps: one.feeBps };
}

describe('settlement', () => {
	const { cases } = read<{ cases: SettlementCase[] }>('settlement');

	test.each(cases.filter(({ by }) => by !== 'return'))('$name', (one) => {
		const settled = settle(orderOf(one), one.buyerBps, one.part);
		const sum = (kind: string, to?: Address) =>
			settled.shares
				.filter((s) => s.kind === kind && (!to || s.account === to))
				.reduce((n, s) => n + s.amount, 0n)
				.toString();
		expect({
			total: settled.total.toString(),
			held: settled.held.toString(),
			buyerAmount: settled.buyerAmount.toString(),
			splits: one.splitBps.map((_, i) => sum('split', account(i + 10))),
			affiliate: sum('affiliate'),
			fee: sum('fee'),
			sellerAmount: settled.sellerAmount.toString(),
		}).toEqual(one.expected);
	});

	test.each(cases.filter(({ by }) => by === 'return'))('$name', (one) => {
		expect(keptOnReturn(orderOf(one)).toString()).toBe(one.expected.sellerAmount);
	});
});
