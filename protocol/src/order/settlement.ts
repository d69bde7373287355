import type { Address } from 'viem';
import type { Order } from './order.ts';

export interface Settlement {
	subtotal: bigint;
	total: bigint;
	/** In the contract's order: splits, then affiliate, then protocol fee; zero amounts left out. */
	shares: { kind: 'split' | 'affiliate' | 'fee'; account: Address | null; amount: bigint }[];
	sellerAmount: bigint;
}

const ZERO = '0x0000000000000000000000000000000000000000';

/**
 * Who gets what when an order completes. Shares are basis points of the subtotal, rounded down;
 * the seller gets the rest and all of the shipping. `account` null is the fee recipient of that day.
 */
export function settle(order: Pick<Order, 'terms' | 'quantity' | 'affiliate' | 'feeBps'>): Settlement {
	const subtotal = order.terms.unitPrice * order.quantity;
	const total = subtotal + order.terms.shippingPrice;
	const part = (bps: number) => (subtotal * BigInt(bps)) / 10_000n;
	const shares: Settlement['shares'] = order.terms.splits.map((s) => ({ kind: 'split' as const, account: s.recipient, amount: part(s.bps) }));
	if (order.affiliate !== ZERO) shares.push({ kind: 'affiliate', account: order.affiliate, amount: part(order.terms.affiliateBps) });
	shares.push({ kind: 'fee', account: null, amount: part(order.feeBps) });
	const paid = shares.filter((s) => s.amount > 0n);
	return { subtotal, total, shares: paid, sellerAmount: total - paid.reduce((sum, s) => sum + s.amount, 0n) };
}
