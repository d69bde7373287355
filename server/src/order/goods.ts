import type { Queryable } from '../platform/db/database.ts';
import { describeVariant, listingVersions, type VariantView, versionKey } from '../shop/public.ts';

export type OrderedGoods = Pick<VariantView, 'title' | 'variant'>;

/** What was ordered, as it was named when it was ordered; by order id. */
export async function describeOrders(db: Queryable, orderIds: readonly string[]): Promise<Map<string, OrderedGoods>> {
	const { rows } = await db.query<{ order_id: string; listing_id: string; version: number; variant: number }>(
		'select order_id, listing_id, version, variant from "order".orders where order_id = any($1)',
		[orderIds],
	);
	const versions = await listingVersions(
		db,
		rows.map((row) => ({ listingId: row.listing_id, version: row.version })),
	);
	return new Map(rows.map((row) => [row.order_id, describeVariant(versions.get(versionKey(row.listing_id, row.version)), row.variant)]));
}
