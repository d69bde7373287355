import type { Notice, SaleBody } from '@kaishi/protocol/live';
import { Refusal } from '@kaishi/protocol/platform/errors';
import { type Address, type Hex, isAddressEqual } from 'viem';
import { findOrder, type OrderRow } from '../../order/public.ts';
import type { Queryable } from '../../platform/db/database.ts';
import { rootOf, titlesOf } from '../../shop/public.ts';
import { requireShow } from './access.ts';
import { noticeNameOf } from './kept-names.ts';
import { bagOf, type ShowRow } from './query.ts';
import { appendRecords, lockShow } from './records.ts';
import type { ShowsContext } from './shows.ts';

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

/** An order that was promised stands on the chain a moment later. */
const PATIENCE_MS = 5000;
const LOOK_MS = 100;

/**
 * Notes that an order came from a show, once: the buyer's own, of something in its bag, placed since it began. Returns what the room is
 * told of it; null unless the buyer wants it said, and where it was noted before.
 */
export async function sell(context: ShowsContext, id: string, by: Address, { orderId, announce }: SaleBody): Promise<Notice | null> {
	const order = await waitForOrder(context.db, orderId as Hex);
	const listingId = order && (await rootOf(context.db, order.listing_id));
	const noted = await context.db.transaction(async (tx) => {
		await lockShow(tx, id);
		const show = await requireShow(tx, id);
		if (!order || !listingId || !(await isFromShow(tx, show, by, order, listingId))) {
			throw new Refusal('Live_NotYourOrder', 'forbidden', { order: orderId });
		}
		if ((await tx.query('select 1 from live.sales where order_id = $1', [orderId])).rows.length > 0) return false;
		await appendRecords(tx, id, [{ kind: 'sale', by, at: context.clock(), body: { orderId: orderId as Hex, listingId, announce } }]);
		return true;
	});
	if (!noted || !announce || !order || !listingId) return null;
	const show = await requireShow(context.db, id);
	const [name, titles] = await Promise.all([noticeNameOf(context.db, show, by), titlesOf(context.db, [listingId])]);
	return { kind: 'bought', name, listingId, title: titles.get(listingId) ?? {}, quantity: Number(order.quantity) };
}

async function waitForOrder(db: Queryable, orderId: Hex): Promise<OrderRow | null> {
	const until = performance.now() + PATIENCE_MS;
	for (;;) {
		const order = await findOrder(db, orderId);
		if (order || performance.now() > until) return order;
		await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
	}
}

async function isFromShow(tx: Queryable, show: ShowRow, by: Address, order: OrderRow, listingId: string): Promise<boolean> {
	if (show.started_at === null || order.placed_at < show.started_at || !isAddressEqual(order.buyer as Address, by)) return false;
	return order.shop_id === show.shop_id && (await bagOf(tx, show.show_id)).includes(listingId);
}
