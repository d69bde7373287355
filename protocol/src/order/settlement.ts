import type { Address } from 'viem';
import type { Order } from './order.ts';

/** What is divided: all of the total, the sale without its warranty reserve, or the reserve. */
export type SettledPart = 'all' | 'sale' | 'reserve';

export interface Settlement {
	subtotal: bigint;
	total: bigint;
	/** What is divided. */
	held: bigint;
	/** Goes back to the buyer: nothing unless a ruling, a settlement or a granted part says so. */
	buyerAmount: bigint;
	/** In the contract's order: splits, then affiliate, then protocol fee; zero amounts left out. */
	shares: { kind: 'split' | 'affiliate' | 'fee'; account: Address | null; amount: bigint }[];
	sellerAmount: bigint;
}

const ZERO = '0x0000000000000000000000000000000000000000';
const BPS = 10_000n;

/**
 * Who gets what when an order completes or, with `buyerBps`, is divided. Shares are basis points of the subtotal, scaled by the
 * part that is divided and by what the buyer does not get back, rounded down; the seller gets the rest and with it the shipping.
 * `account` null is the fee recipient of that day. See `vectors/settlement.json`.
 */
export function settle(order: Pick<Order, 'terms' | 'quantity' | 'affiliate' | 'feeBps'>, buyerBps = 0, settled: SettledPart = 'all'): Settlement {
	const subtotal = order.terms.unitPrice * order.quantity;
	const total = subtotal + order.terms.shippingPrice;
	const reserveBps = BigInt(order.terms.warrantyBps);
	const reserve = (total * reserveBps) / BPS;
	const [held, heldBps] = { all: [total, BPS], sale: [total - reserve, BPS - reserveBps], reserve: [reserve, reserveBps] }[settled] as [bigint, bigint];
	const buyerAmount = (held * BigInt(buyerBps)) / BPS;
	const basis = subtotal * heldBps * (BPS - BigInt(buyerBps));
	const share = (bps: number) => (basis * BigInt(bps)) / (BPS * BPS * BPS);
	const shares: Settlement['shares'] = order.terms.splits.map((s) => ({ kind: 'split' as const, account: s.recipient, amount: share(s.bps) }));
	if (order.affiliate !== ZERO) shares.push({ kind: 'affiliate', account: order.affiliate, amount: share(order.terms.affiliateBps) });
	shares.push({ kind: 'fee', account: null, amount: share(order.feeBps) });
	const paid = shares.filter((s) => s.amount > 0n);
	return { subtotal, total, held, buyerAmount, shares: paid, sellerAmount: held - buyerAmount - paid.reduce((sum, s) => sum + s.amount, 0n) };
}

/** What the seller keeps of a return without reason: restocking fee and return parcel, at most all. */
export function keptOnReturn({ terms, quantity }: Pick<Order, 'terms' | 'quantity'>): bigint {
	const subtotal = terms.unitPrice * quantity;
	const [kept, total] = [(subtotal * BigInt(terms.restockingBps)) / BPS + terms.returnShippingPrice, subtotal + terms.shippingPrice];
	return kept < total ? kept : total;
}
