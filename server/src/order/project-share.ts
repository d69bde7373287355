import { termsFromWire } from '@kaishi/protocol/order';
import { type Address, type Hex, isAddressEqual, zeroAddress } from 'viem';
import type { Queryable } from '../platform/db/database.ts';
import type { ChainEvent } from '../platform/indexer/projection.ts';
import { PROOF_COLUMNS, proofValues } from '../platform/indexer/proof.ts';
import { BOOKED } from './ledger.ts';

interface AgreedShare {
	kind: 'split' | 'affiliate' | 'fee';
	/** Null: whoever receives the fee that day. */
	account: Address | null;
	/** What it comes to when the order completes; a ruling can only make it less. */
	most: bigint;
}

interface OrderShares {
	terms: string;
	quantity: string;
	currency: string;
	affiliate: string;
	fee_bps: number;
	/** How often the shares have been paid. */
	payouts: number;
	/** Place of the last share of this payout; -1 before the first. */
	last: number;
}

/** Pays a share and finds out which of the agreed ones it was: the contract pays them in order and leaves out what rounds to nothing. */
export async function projectShare(db: Queryable, event: ChainEvent<{ orderId: Hex; account: Address; amount: bigint }>): Promise<void> {
	const { orderId, account, amount } = event.args;
	const { rows } = await db.query<OrderShares>(
		`select terms, quantity, currency, affiliate, fee_bps, o.payouts,
			(select coalesce(max(place), -1) from "order".shares s where s.order_id = o.order_id and s.payout = o.payouts) as last
		 from "order".orders o where order_id = $1`,
		[orderId],
	);
	const order = rows[0];
	if (!order) throw new Error(`share of order ${orderId}, which was never placed`);
	const agreed = agreedShares(order);
	const place = agreed.findIndex((share, i) => i > order.last && share.most >= amount && (share.account === null || isAddressEqual(share.account, account)));
	const kind = agreed[place]?.kind;
	if (kind === undefined) throw new Error(`share of order ${orderId} that nobody agreed to`);
	await db.query(
		`with moved as (select $1::text as account, $2::text as currency, $3::numeric as amount), ${BOOKED}, shared as (
			insert into "order".shares (order_id, kind, payout, place, account, currency, amount, block_number, log_index)
			values ($4, $5, $14, $6, $1, $2, $3::numeric, $7, $10)
		)
		insert into "order".ledger (account, currency, amount, kind, order_id, ${PROOF_COLUMNS})
		select account, currency, amount, 'share', $4, $7, $8, $9, $10, $11, $12, $13 from moved`,
		[account, order.currency, amount.toString(), orderId, kind, place, ...proofValues(event), order.payouts],
	);
}

/** In the contract's order, those that come to nothing included. */
function agreedShares(order: OrderShares): AgreedShare[] {
	const terms = termsFromWire(JSON.parse(order.terms));
	const subtotal = terms.unitPrice * BigInt(order.quantity);
	const part = (bps: number) => (subtotal * BigInt(bps)) / 10_000n;
	const shares: AgreedShare[] = terms.splits.map((split) => ({ kind: 'split', account: split.recipient, most: part(split.bps) }));
	const affiliate = order.affiliate as Address;
	if (!isAddressEqual(affiliate, zeroAddress)) shares.push({ kind: 'affiliate', account: affiliate, most: part(terms.affiliateBps) });
	shares.push({ kind: 'fee', account: null, most: part(order.fee_bps) });
	return shares;
}
