import { orderBookAbi } from '@kaishi/protocol/generated/order-book';
import { encodeSettleDue, type Order, orderIdOf, orderToAbi } from '@kaishi/protocol/order';
import { type Address, encodeFunctionData, type Hex } from 'viem';
import { keccakHex } from '../crypto/keccak.ts';
import { type Carriage, type Log, type Shareable, shareable } from './dispatcher.ts';
import { gasOfOrders, INTENT_GAS } from './intent-gas.ts';
import type { SignedAction } from './relayer.ts';

export interface SignedOrder {
	order: Order;
	signature: Hex;
}

export interface AuthorizedOrder extends SignedOrder {
	validAfter: bigint;
	validBefore: bigint;
}

export interface OrderCarriages {
	signed: Shareable<SignedOrder>;
	authorized: Carriage<AuthorizedOrder>;
	action: Shareable<SignedAction>;
	due: Carriage<Order>;
	sweep: Carriage<{ shopId: bigint; currency: Address }>;
}

/** Orders take some 120k gas each, actions some 100k; a transaction holds 16.7M. */
const MANY = 64;

/** The order book's batch doors. They are all or nothing, so a bad one is found by halving. */
export function createOrderCarriages(orderBook: Address, chainId: number): OrderCarriages {
	const book = { abi: orderBookAbi } as const;
	const logsOf = (order: Order | undefined, logs: readonly Log[]): Log[] => {
		const orderId = order && orderIdOf(order, chainId, orderBook, keccakHex);
		return logs.filter((log) => log.topics[1] === orderId);
	};
	const single = <T>(encode: (item: T) => Hex, orderOf: (item: T) => Order): Carriage<T> => ({
		capacity: 1,
		gas: () => gasOfOrders(1),
		encode: ([item]) => ({ to: orderBook, data: item === undefined ? '0x' : encode(item) }),
		logsOf: ([item], _, logs) => logsOf(item && orderOf(item), logs),
	});
	return {
		signed: shareable({
			capacity: MANY,
			gas: (items) => gasOfOrders(items.length),
			encode: (items) => ({
				to: orderBook,
				data: encodeFunctionData({
					...book,
					functionName: 'placeOrders',
					args: [items.map((item) => orderToAbi(item.order)), items.map((item) => item.signature)],
				}),
			}),
			logsOf: (items, index, logs) => logsOf(items[index]?.order, logs),
		}),
		action: shareable({
			capacity: MANY,
			gas: (items) => gasOfOrders(items.length),
			encode: (items) => ({
				to: orderBook,
				data: encodeFunctionData({ ...book, functionName: 'act', args: [items.map((item) => ({ ...item, order: orderToAbi(item.order) }))] }),
			}),
			logsOf: (items, index, logs) => logsOf(items[index]?.order, logs),
		}),
		authorized: single(
			(item) =>
				encodeFunctionData({
					...book,
					functionName: 'placeOrderWithAuthorization',
					args: [orderToAbi(item.order), item.validAfter, item.validBefore, item.signature],
				}),
			(item) => item.order,
		),
		due: single(encodeSettleDue, (order) => order),
		// A transaction of its own: native coin runs the cold address's code.
		sweep: {
			capacity: 1,
			gas: () => INTENT_GAS,
			encode: ([item]) => ({
				to: orderBook,
				data: item === undefined ? '0x' : encodeFunctionData({ ...book, functionName: 'sweep', args: [item.shopId, item.currency] }),
			}),
			logsOf: (_, __, logs) => [...logs],
		},
	};
}
