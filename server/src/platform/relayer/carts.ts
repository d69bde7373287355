import { batchAbi } from '@kaishi/protocol/generated/batch';
import { orderBookAbi } from '@kaishi/protocol/generated/order-book';
import { type Order, orderToAbi } from '@kaishi/protocol/order';
import { type Address, encodeFunctionData, type Hex } from 'viem';
import type { Carriage } from './dispatcher.ts';
import { gasOfOrders } from './intent-gas.ts';

/** One order of a cart: paid from the balance by the buyer's signature over the order, or by an ERC-3009 authorization. */
export interface CartOrder {
	order: Order;
	signature: Hex;
	authorization: { validAfter: bigint; validBefore: bigint } | null;
}

/** Orders of one buyer in one transaction, all or nothing. A cart travels alone: nobody else's fate hangs on it. */
export function createCartCarriage(batch: Address, orderBook: Address): Carriage<readonly CartOrder[]> {
	return {
		capacity: 1,
		gas: ([orders = []]) => gasOfOrders(orders.length),
		encode: ([orders = []]) => ({
			to: batch,
			data: encodeFunctionData({ abi: batchAbi, functionName: 'run', args: [orders.map((one) => ({ target: orderBook, data: encodeOrder(one) }))] }),
		}),
		logsOf: (_, __, logs) => [...logs],
	};
}

function encodeOrder({ order, signature, authorization }: CartOrder): Hex {
	if (authorization === null) return encodeFunctionData({ abi: orderBookAbi, functionName: 'placeOrders', args: [[orderToAbi(order)], [signature]] });
	const { validAfter, validBefore } = authorization;
	return encodeFunctionData({ abi: orderBookAbi, functionName: 'placeOrderWithAuthorization', args: [orderToAbi(order), validAfter, validBefore, signature] });
}
