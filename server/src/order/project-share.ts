import { termsFromWire } from '@kaishi/protocol/order';
import { type Address, type Hex, isAddressEqual, zeroAddress } from 'viem';
import type { Queryable } from '../platform/db/database.ts';
import type { ChainEvent } from '../platform/indexer/projection.ts';
import { moveBalance } from './ledger.ts';

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
	/** Place of the last share paid so far; -1 before the first. */
	last: number;
}

/** Pays a share and finds out which of the agreed ones it was: the contract pays them in order and leaves out what rounds to nothing. */
export async function projectShare(db: Queryable, event: ChainEvent<{ orderId: Hex; account: Address; amount: bigint }>): Promise<void> {
	const { orderId, account, amount } = event.args;
	const { rows } = await db.query<OrderShares>(
		`select terms, quantity, currency, affiliate, fee_bps, (select coalesce(max(place), -1) from "order".shares s where s.order_id = o.order_id) as last
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
		`insert into "order".shares (order_id, kind, place, account, currency, amount, block_number, log_index) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
		[orderId, kind, place, account, order.currency, amount.toString(), event.blockNumber.toString(), event.logIndex],
	);
	await moveBalance(db, event, { account, currency: order.currency as Address, amount, kind: 'share', orderId });
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
