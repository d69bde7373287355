import type { Queryable } from '../platform/db/database.ts';
import { PROOF_COLUMNS, type ProofRow } from '../platform/indexer/proof.ts';
import { ORDER_COLUMNS, type OrderRow } from './query.ts';

/** Which sale of its shop each order is, counted from 1 in the order of the chain; by order id. */
export async function saleNumbers(db: Queryable, orders: readonly OrderRow[]): Promise<Map<string, number>> {
	const { rows } = await db.query<{ order_id: string; number: number }>(
		`select w.order_id, (select count(*) from "order".orders o where o.shop_id = w.shop_id
			and (o.placed_at < w.placed_at or (o.placed_at = w.placed_at and (o.block_number, o.log_index) <= (w.block_number, w.log_index)))) as number
		 from unnest($1::text[], $2::numeric[], $3::bigint[], $4::bigint[], $5::int[]) as w (order_id, shop_id, placed_at, block_number, log_index)`,
		[
			orders.map((one) => one.order_id),
			orders.map((one) => one.shop_id),
			orders.map((one) => one.placed_at),
			orders.map((one) => one.block_number),
			orders.map((one) => one.log_index),
		],
	);
	return new Map(rows.map((row) => [row.order_id, row.number]));
}

/** The newest event of each order; by order id. */
export async function lastEvents(db: Queryable, orderIds: readonly string[]): Promise<Map<string, ProofRow>> {
	const { rows } = await db.query<ProofRow & { order_id: string }>(
		`select distinct on (order_id) order_id, ${PROOF_COLUMNS} from "order".events where order_id = any($1) order by order_id, block_number desc, log_index desc`,
		[orderIds],
	);
	return new Map(rows.map((row) => [row.order_id, row]));
}

/** Orders of a shop that were placed or ended from `from` to before `to` (Unix seconds), oldest first, at most `limit`. */
export async function listInvoiced(db: Queryable, shopId: string, period: { from: number; to: number }, limit: number): Promise<OrderRow[]> {
	const { rows } = await db.query<OrderRow>(
		`select ${ORDER_COLUMNS} from "order".orders where shop_id = $1 and ((placed_at >= $2 and placed_at < $3) or (ended_at >= $2 and ended_at < $3))
		 order by block_number, log_index limit $4`,
		[shopId, period.from, period.to, limit],
	);
	return rows;
}
