import { Refusal } from '@kaishi/protocol/platform/errors';
import type { Address, Hex } from 'viem';
import type { Queryable } from '../../platform/db/database.ts';

export interface SaleRow {
	order_id: Hex;
	account: Address;
	listing_id: string;
	announced: boolean;
	/** Milliseconds. */
	at: number;
	quantity: number;
	currency: Address;
	total: string;
	placed_at: number;
}

/** Orders from a room, newest first. */
export async function listSales(db: Queryable, showId: string): Promise<SaleRow[]> {
	const { rows } = await db.query<SaleRow>(
		`select s.order_id, s.account, s.listing_id, s.announced, s.at, o.quantity::int as quantity, o.currency, o.total, o.placed_at
		 from live.sales s join "order".orders o on o.order_id = s.order_id where s.show_id = $1 order by s.at desc, s.order_id`,
		[showId],
	);
	return rows;
}

export async function isSold(db: Queryable, orderId: Hex): Promise<boolean> {
	return (await db.query('select 1 from live.sales where order_id = $1', [orderId])).rows.length > 0;
}

export const notYourOrder = (orderId: Hex) => new Refusal('Live_NotYourOrder', 'forbidden', { order: orderId });
