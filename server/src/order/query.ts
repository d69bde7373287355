import type { OrderEventKind, OrderFilter, OrderState, Remedy, Side } from '@kaishi/protocol/order';
import type { Hex } from 'viem';
import type { Queryable } from '../platform/db/database.ts';
import { decodeCursor } from '../platform/db/page.ts';
import { PROOF_COLUMNS, type ProofRow } from '../platform/indexer/proof.ts';
import type { AgreementRow } from './agreement.ts';

export interface OrderRow extends AgreementRow, ProofRow {
	order_id: Hex;
	listing_id: string;
	shop_id: string;
	variant: number;
	currency: string;
	arbitrator: string;
	total: string;
	state: OrderState;
	deadline: number;
	step: number;
	warranty_end: number;
	remedy: Remedy;
	bps: number;
	by_right: boolean;
	exchanged: boolean;
	opener: Side;
	held: string;
	placed_at: number;
	tracking_hash: string | null;
	reason_hash: string | null;
	return_hash: string | null;
	seller_amount: string | null;
	buyer_amount: string | null;
}

export interface OrderEventRow extends ProofRow {
	order_id: Hex;
	kind: OrderEventKind;
	by_account: string;
	cause: number | null;
	deadline: number | null;
	remedy: Remedy | null;
	bps: number | null;
	by_right: boolean | null;
	note_hash: string | null;
}

export const ORDER_COLUMNS = `order_id, offer_id, listing_id, shop_id, variant, version, terms, currency, arbitrator, buyer, quantity, affiliate, fee_bps, total, details_hash,
	valid_before, salt, state, deadline, step, warranty_end, remedy, bps, by_right, exchanged, opener, held, placed_at, tracking_hash, reason_hash, return_hash, seller_amount, buyer_amount, ${PROOF_COLUMNS}`;

export async function findOrder(db: Queryable, id: string): Promise<OrderRow | null> {
	return (await db.query<OrderRow>(`select ${ORDER_COLUMNS} from "order".orders where order_id = $1`, [id])).rows[0] ?? null;
}

/** Those of `ids` that were placed. */
export async function listPlaced(db: Queryable, ids: readonly string[]): Promise<Hex[]> {
	const { rows } = await db.query<{ order_id: Hex }>('select order_id from "order".orders where order_id = any($1)', [ids]);
	return rows.map((row) => row.order_id);
}

/** Newest first, one more than `limit`. */
export async function listOrders(db: Queryable, of: { buyer: string } | { shopId: string }, filter: OrderFilter, limit: number): Promise<OrderRow[]> {
	const [column, value] = 'buyer' in of ? ['buyer', of.buyer] : ['shop_id', of.shopId];
	const after = decodeCursor(filter.cursor, ['bigint', 'hash']);
	const { rows } = await db.query<OrderRow>(
		`select ${ORDER_COLUMNS} from "order".orders where ${column} = $1 and ($2::text[] is null or state = any($2))
		 and ($3::bigint is null or (placed_at, order_id) < ($3, $4)) order by placed_at desc, order_id desc limit $5`,
		[value, filter.states?.length ? filter.states : null, after?.[0] ?? null, after?.[1] ?? null, limit + 1],
	);
	return rows;
}

export async function listDisputes(db: Queryable, arbitrator: string): Promise<OrderRow[]> {
	return (
		await db.query<OrderRow>(`select ${ORDER_COLUMNS} from "order".orders where arbitrator = $1 and state = 'disputed' order by deadline limit 200`, [
			arbitrator,
		])
	).rows;
}

/** Waiting orders whose deadline lies before `now`, the longest overdue first. */
export async function listDue(db: Queryable, now: number, limit: number): Promise<OrderRow[]> {
	const { rows } = await db.query<OrderRow>(
		`select ${ORDER_COLUMNS} from "order".orders where deadline > 0 and deadline < $1 order by deadline, order_id limit $2`,
		[now, limit],
	);
	return rows;
}

export async function eventsOf(db: Queryable, orderId: string): Promise<OrderEventRow[]> {
	const { rows } = await db.query<OrderEventRow>(
		`select order_id, kind, by_account, cause, deadline, remedy, bps, by_right, note_hash, ${PROOF_COLUMNS} from "order".events where order_id = $1 order by block_number, log_index`,
		[orderId],
	);
	return rows;
}

export interface ShareRow {
	kind: 'split' | 'affiliate' | 'fee';
	account: string;
	amount: string;
}

export async function sharesOf(db: Queryable, orderId: string): Promise<ShareRow[]> {
	return (await db.query<ShareRow>('select kind, account, amount from "order".shares where order_id = $1 order by payout, place', [orderId])).rows;
}

export interface TradeRow extends ProofRow {
	order_id: Hex;
	kind: OrderEventRow['kind'];
	currency: string;
	total: string;
	listing_id: string;
	shop_id: string;
	version: number;
}

/** Steps of all orders, newest first, one more than `limit`. */
export async function listTrades(db: Queryable, cursor: string | null | undefined, limit: number): Promise<TradeRow[]> {
	const after = decodeCursor(cursor, ['bigint', 'int']);
	const { rows } = await db.query<TradeRow>(
		`select e.order_id, e.kind, o.currency, o.total, o.listing_id, o.shop_id, o.version, e.block_number, e.block_hash, e.transaction_hash, e.log_index, e.at, e.contract, e.event
		 from "order".events e join "order".orders o on o.order_id = e.order_id
		 where $1::bigint is null or (e.block_number, e.log_index) < ($1, $2) order by e.block_number desc, e.log_index desc limit $3`,
		[after?.[0] ?? null, after?.[1] ?? null, limit + 1],
	);
	return rows;
}

/** Whether this buyer ever ordered from this shop. */
export async function hasOrderBetween(db: Queryable, shopId: string, buyer: string): Promise<boolean> {
	return (await db.query('select 1 from "order".orders where shop_id = $1 and buyer = $2 limit 1', [shopId, buyer])).rows.length > 0;
}
