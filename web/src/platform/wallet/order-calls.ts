import type { Call } from '@kaishi/protocol/account';
import { encodePlaceOrder, type Order, settle } from '@kaishi/protocol/order';
import { type Address, encodeFunctionData, erc20Abi, zeroAddress } from 'viem';

/** What an account holds inside the market, by currency in lower case. */
export type Balances = ReadonlyMap<string, bigint>;

/** Which part of each total is not covered by the balances, spent in order. */
export function duesOf(payments: readonly { currency: Address; total: bigint }[], balances: Balances): bigint[] {
	const left = new Map(balances);
	return payments.map(({ currency, total }) => {
		const key = currency.toLowerCase();
		const have = left.get(key) ?? 0n;
		left.set(key, have > total ? have - total : 0n);
		return total > have ? total - have : 0n;
	});
}

/**
 * The calls by which an account pays for and places orders itself: one approval per token of exactly what its balance
 * lacks, then the orders, native coin sent along.
 */
export function orderCalls(orders: readonly Order[], balances: Balances, orderBook: Address): Call[] {
	const dues = duesOf(
		orders.map((order) => ({ currency: order.terms.currency, total: settle(order).total })),
		balances,
	);
	const approvals = new Map<Address, bigint>();
	for (const [i, { terms }] of orders.entries()) {
		const due = dues[i] ?? 0n;
		if (terms.currency !== zeroAddress && due > 0n) approvals.set(terms.currency, (approvals.get(terms.currency) ?? 0n) + due);
	}
	return [
		...[...approvals].map(([to, amount]): Call => ({ to, data: encodeFunctionData({ abi: erc20Abi, functionName: 'approve', args: [orderBook, amount] }) })),
		...orders.map(
			(order, i): Call => ({
				to: orderBook,
				value: order.terms.currency === zeroAddress ? (dues[i] ?? 0n) : 0n,
				data: encodePlaceOrder(order),
			}),
		),
	];
}
