import { listingOfOffer, shopOfListing } from '@kaishi/protocol/shop';
import type { Address, Hex } from 'viem';
import type { Queryable } from '../platform/db/database.ts';
import type { ChainEvent } from '../platform/indexer/projection.ts';

/** Whom an event of the order book concerns. */
export async function topicsOf(db: Queryable, event: ChainEvent<never>): Promise<string[]> {
	const args = event.args as { orderId?: Hex; account?: Address; buyer?: Address; offerId?: bigint };
	const topics = args.account === undefined ? [] : [`account:${args.account.toLowerCase()}`];
	if (args.orderId === undefined) return topics;
	topics.push(`order:${args.orderId}`);
	if (event.name !== 'OrderBook.SharePaid') topics.push('trades');
	if (args.buyer !== undefined && args.offerId !== undefined) {
		// Just placed: the event names everybody.
		const listingId = listingOfOffer(args.offerId);
		return [...topics, `account:${args.buyer.toLowerCase()}`, `shop:${shopOfListing(listingId)}`, `listing:${listingId}`];
	}
	const { rows } = await db.query<{ buyer: string; shop_id: string; listing_id: string }>(
		'select buyer, shop_id, listing_id from "order".orders where order_id = $1',
		[args.orderId],
	);
	for (const { buyer, shop_id, listing_id } of rows) topics.push(`account:${buyer.toLowerCase()}`, `shop:${shop_id}`, `listing:${listing_id}`);
	return topics;
}
