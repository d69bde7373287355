import { orderBookAbi } from '@kaishi/protocol/generated/order-book';
import { type Order, orderToAbi } from '@kaishi/protocol/order';
import { type Address, encodeFunctionData, type Hex, parseAbi } from 'viem';
import { expect, test } from 'vitest';
import { encodePlacing, encodeRunEach } from './settle-call.ts';

const address = (byte: string) => `0x${byte.repeat(20)}` as Address;

function orderWith(splits: Order['terms']['splits']): Order {
	return {
		offerId: (123n << 48n) | (4n << 16n) | 5n,
		version: 9,
		terms: {
			currency: address('c0'),
			unitPrice: (1n << 128n) - 1n,
			shippingPrice: 3n,
			returnShippingPrice: 0n,
			shipDate: 1_900_000_000,
			shipBySeconds: 86_400,
			confirmBySeconds: 7,
			cancelSeconds: 0,
			returnSeconds: 4_294_967_295,
			warrantySeconds: 1,
			restockingBps: 1000,
			warrantyBps: 500,
			affiliateBps: 300,
			remedies: 3,
			arbitrator: address('ad'),
			splits,
		},
		buyer: address('b0'),
		quantity: 2n,
		affiliate: address('00'),
		feeBps: 25,
		detailsHash: `0x${'d7'.repeat(32)}`,
		validBefore: (1n << 64n) - 1n,
		salt: `0x${'5a'.repeat(32)}`,
	};
}

const signature = `0x${'e1'.repeat(85)}` as Hex;
const orders = [
	orderWith([]),
	orderWith([
		{ recipient: address('01'), bps: 100 },
		{ recipient: address('02'), bps: 9900 },
	]),
];

test('default: one order as the general encoder writes it', () => {
	for (const order of orders) {
		const general = encodeFunctionData({ abi: orderBookAbi, functionName: 'placeOrders', args: [[orderToAbi(order)], [signature]] });
		expect(`0x${encodePlacing(order, signature)}`).toBe(general);
	}
});

test('default: many in one transaction', () => {
	const target = address('77');
	const calls = orders.map((order) => encodePlacing(order, signature));
	const abi = parseAbi(['struct Call { address target; bytes data; }', 'function runEach(Call[] calls)']);
	for (const some of [calls, calls.slice(1), []]) {
		const general = encodeFunctionData({ abi, functionName: 'runEach', args: [some.map((data) => ({ target, data: `0x${data}` as Hex }))] });
		expect(encodeRunEach(target, some)).toBe(general);
	}
});
