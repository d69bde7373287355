import type { Address } from 'viem';
import type { Order } from './order.ts';

export interface Settlement {
	subtotal: bigint;
	total: bigint;
	/** Goes back to the buyer: nothing unless an arbitrator ruled so. */
	buyerAmount: bigint;
	/** In the contract's order: splits, then affiliate, then protocol fee; zero amounts left out. */
	shares: { kind: 'split' | 'affiliate' | 'fee'; account: Address | null; amount: bigint }[];
	sellerAmount: bigint;
}

const ZERO = '0x0000000000000000000000000000000000000000';
const BPS = 10_000n;

/**
 * Who gets what when an order completes or, with `buyerBps`, is ruled on. Shares are basis points of the subtotal, scaled
 * by what the buyer does not get back, rounded down; the seller gets the rest and with it the shipping. `account` null is
 * the fee recipient of that day. See `vectors/settlement.json`.
 */
export function settle(order: Pick<Order, 'terms' | 'quantity' | 'affiliate' | 'feeBps'>, buyerBps = 0): Settlement {
	const subtotal = order.terms.unitPrice * order.quantity;
	const total = subtotal + order.terms.shippingPrice;
	const buyerAmount = (total * BigInt(buyerBps)) / BPS;
	const basis = subtotal * (BPS - BigInt(buyerBps));
	const part = (bps: number) => (basis * BigInt(bps)) / (BPS * BPS);
	const shares: Settlement['shares'] = order.terms.splits.map((s) => ({ kind: 'split' as const, account: s.recipient, amount: part(s.bps) }));
	if (order.affiliate !== ZERO) shares.push({ kind: 'affiliate', account: order.affiliate, amount: part(order.terms.affiliateBps) });
	shares.push({ kind: 'fee', account: null, amount: part(order.feeBps) });
	const paid = shares.filter((s) => s.amount > 0n);
	return { subtotal, total, buyerAmount, shares: paid, sellerAmount: total - buyerAmount - paid.reduce((sum, s) => sum + s.amount, 0n) };
}
