import { orderStates } from '@kaishi/protocol/order';
import { listingOfOffer, shopOfListing, UNLIMITED_STOCK } from '@kaishi/protocol/shop';
import type { Hex } from 'viem';
import type { Queryable } from '../platform/db/database.ts';
import type { ChainEvent, Fold } from '../platform/indexer/projection.ts';

type Handler<Args> = (db: Queryable, event: ChainEvent<Args>) => Promise<void>;
type Sale = ChainEvent<{ orderId: Hex; offerId: bigint; quantity: bigint; version: number }>;

/** `take` in Catalog.sol emits nothing of its own: placing an order is what lowers the stock. */
export const sales: Fold = {
	async apply(db, events: readonly Sale[]) {
		const rows = events.map(({ args: { orderId, offerId, quantity } }) => {
			const listingId = listingOfOffer(offerId);
			return {
				order_id: orderId,
				offer_id: offerId.toString(),
				listing_id: listingId.toString(),
				shop_id: shopOfListing(listingId).toString(),
				quantity: quantity.toString(),
			};
		});
		await db.query(SELL, [JSON.stringify(rows), UNLIMITED_STOCK.toString()]);
	},
};

const SELL = `with sold as (
		select * from json_to_recordset($1::json) as s (order_id text, offer_id numeric, listing_id numeric, shop_id numeric, quantity numeric)
	), demand as (
		select offer_id, listing_id, sum(quantity) as quantity from sold group by offer_id, listing_id
	), taken as (
		update shop.offers o set stock = o.stock - d.quantity from demand d where o.offer_id = d.offer_id and o.stock <> $2::numeric
	), counted as (
		update shop.listings l set sold = l.sold + d.quantity
		from (select listing_id, sum(quantity) as quantity from demand group by listing_id) d where l.listing_id = d.listing_id
	), shipping as (
		select offer_id, terms::json ->> 'shipBySeconds' <> '0' as to_ship from shop.offers where offer_id in (select offer_id from demand)
	)
	insert into shop.sales (order_id, shop_id, listing_id, quantity, to_ship)
	select order_id, shop_id, listing_id, quantity, coalesce(to_ship, true) from sold left join shipping using (offer_id)`;

const SHIPPED = orderStates.indexOf('shipped');
const DISPUTES: readonly number[] = [orderStates.indexOf('contested'), orderStates.indexOf('disputed')];

export const markSale: Handler<{ orderId: Hex; state: number }> = async (db, { args }) => {
	if (args.state === SHIPPED) await db.query('update shop.sales set shipped = true where order_id = $1', [args.orderId]);
	if (DISPUTES.includes(args.state)) await db.query('update shop.sales set disputed = true where order_id = $1', [args.orderId]);
};

/** Counted once: a sale under warranty completes a second time when its reserve is paid out. */
export const completeSale: Handler<{ orderId: Hex }> = async (db, { args }) => {
	await db.query(
		`with sale as (update shop.sales set completed = true where order_id = $1 and not completed returning shop_id)
		 update shop.shops s set completed_orders = completed_orders + 1 from sale where s.shop_id = sale.shop_id`,
		[args.orderId],
	);
};

const LATE = 0;

/** Stock comes back by `StockChanged`; here only the count of pieces sold. */
export const takeBackSale: Handler<{ orderId: Hex; cause: number }> = async (db, { args }) => {
	await db.query(
		`with sale as (update shop.sales set late = $2 and not shipped where order_id = $1 returning listing_id, quantity)
		 update shop.listings l set sold = l.sold - sale.quantity from sale where l.listing_id = sale.listing_id`,
		[args.orderId, args.cause === LATE],
	);
};
