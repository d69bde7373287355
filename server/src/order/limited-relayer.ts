import { orderBookAbi } from '@kaishi/protocol/generated/order-book';
import { type AbiOrder, type Order, orderFromAbi, orderIdOf } from '@kaishi/protocol/order';
import { listingOfOffer } from '@kaishi/protocol/shop';
import { type Address, decodeFunctionData, type Hex, isAddressEqual } from 'viem';
import { keccakHex } from '../platform/crypto/keccak.ts';
import { callsOf } from '../platform/relayer/policy.ts';
import type { Relayer } from '../platform/relayer/relayer.ts';
import type { LimitedOrder, OrderLimits } from './limits.ts';

/** Where orders are placed. */
export interface OrderPlace {
	chainId: number;
	orderBook: Address;
}

/** The relayer, with the doors that place orders keeping to what listings allow one account. */
export function limitOrders(relayer: Relayer, limits: OrderLimits, place: OrderPlace): Relayer {
	const within = async <T>(orders: readonly LimitedOrder[], relay: () => Promise<T>): Promise<T> => {
		if (orders.length === 0) return await relay();
		const release = await limits.take(orders);
		try {
			return await relay();
		} finally {
			release();
		}
	};
	const limited = (order: Order): LimitedOrder => ({
		orderId: orderIdOf(order, place.chainId, place.orderBook, keccakHex),
		buyer: order.buyer,
		listingId: listingOfOffer(order.offerId).toString(),
		quantity: order.quantity,
	});
	const placedBy = (calls: readonly { target: Address; data: Hex }[]) =>
		calls.flatMap(({ target, data }) => (isAddressEqual(target, place.orderBook) ? ordersIn(data).map(limited) : []));
	const namesBook = (callData: Hex) => callData.toLowerCase().includes(place.orderBook.slice(2).toLowerCase());
	return {
		...relayer,
		order: (order, signature) => within([limited(order)], () => relayer.order(order, signature)),
		authorizedOrder: (order, validAfter, validBefore, signature) =>
			within([limited(order)], () => relayer.authorizedOrder(order, validAfter, validBefore, signature)),
		cart: (orders) =>
			within(
				orders.map(({ order }) => limited(order)),
				() => relayer.cart(orders),
			),
		// Async: what cannot be read is refused like everything else, as a rejection. Most operations place no order, and are not read twice.
		userOperation: async (op, onFirst) => within(namesBook(op.callData) ? placedBy(callsOf(op.callData)) : [], () => relayer.userOperation(op, onFirst)),
		forward: (request, signature) => within(placedBy([{ target: request.to, data: request.data }]), () => relayer.forward(request, signature)),
	};
}

/** Orders that a call of the order book places. What it cannot read, the order book refuses itself. */
function ordersIn(data: Hex): Order[] {
	try {
		const { functionName, args } = decodeFunctionData({ abi: orderBookAbi, data });
		if (functionName === 'placeOrder' || functionName === 'placeOrderWithAuthorization') return [orderFromAbi(args[0] as AbiOrder)];
		return functionName === 'placeOrders' ? (args[0] as readonly AbiOrder[]).map(orderFromAbi) : [];
	} catch {
		return [];
	}
}
