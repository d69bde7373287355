import type { OrderReads, OrderSummary, OrderView } from '@kaishi/protocol/order';
import { type Address, getAddress, type Hex, isAddress } from 'viem';
import { pageSize, toPage } from '../platform/db/page.ts';
import { toProof } from '../platform/indexer/proof.ts';
import { describeVariant, listingVersions, shopNames, versionKey } from '../shop/public.ts';
import { roleOf } from './access.ts';
import type { OrderContext } from './context.ts';
import { shopFigures } from './figures.ts';
import { privateParts } from './private-parts.ts';
import { eventsOf, findOrder, listDisputes, listOrders, type OrderRow, sharesOf } from './query.ts';
import { balancesOf, listLedger } from './query-money.ts';
import { type Surroundings, toOrderSummary, toOrderView } from './view.ts';

export function createOrderReads(context: OrderContext): OrderReads {
	const { db } = context;
	return {
		order: (id, viewer) => readOrder(context, id, viewer),
		async ordersOfBuyer(buyer, filter) {
			if (!isAddress(buyer, { strict: false })) return { items: [], next: null };
			return orderPage(context, { buyer: getAddress(buyer) }, filter);
		},
		async ordersOfShop(shopId, filter) {
			return /^\d{1,78}$/.test(shopId) ? orderPage(context, { shopId }, filter) : { items: [], next: null };
		},
		async balancesOf(account) {
			return isAddress(account, { strict: false }) ? balancesOf(db, getAddress(account)) : [];
		},
		async ledgerOf(account, cursor) {
			if (!isAddress(account, { strict: false })) return { items: [], next: null };
			const limit = 50;
			const rows = await listLedger(db, getAddress(account), cursor, limit);
			return toPage(
				rows,
				limit,
				(row) => ({ kind: row.kind, amount: row.amount, currency: row.currency as Address, orderId: row.order_id, at: row.at, proof: toProof(row) }),
				(row) => [row.block_number, row.log_index],
			);
		},
		async disputesOf(arbitrator) {
			return isAddress(arbitrator, { strict: false }) ? summaries(context, await listDisputes(db, getAddress(arbitrator))) : [];
		},
		shopFigures: (shopId) => shopFigures(context, shopId),
	};
}

async function orderPage(context: OrderContext, of: Parameters<typeof listOrders>[1], filter: Parameters<typeof listOrders>[2]) {
	const limit = pageSize(filter.limit, 20, 100);
	const rows = await listOrders(context.db, of, filter, limit);
	const around = await surroundingsOf(context, rows.slice(0, limit));
	return toPage(
		rows,
		limit,
		(row) => toOrderSummary(row, around),
		(row) => [row.placed_at, row.order_id],
	);
}

async function summaries(context: OrderContext, rows: readonly OrderRow[]): Promise<OrderSummary[]> {
	const around = await surroundingsOf(context, rows);
	return rows.map((row) => toOrderSummary(row, around));
}

async function surroundingsOf({ db, media }: OrderContext, rows: readonly OrderRow[]): Promise<Surroundings> {
	const [versions, shops] = await Promise.all([
		listingVersions(
			db,
			rows.map((row) => ({ listingId: row.listing_id, version: row.version })),
		),
		shopNames(
			db,
			rows.map((row) => row.shop_id),
		),
	]);
	const cids = rows.flatMap((row) => describeVariant(versions.get(versionKey(row.listing_id, row.version)), row.variant).picture?.cid ?? []);
	return { versions, shops, media: await media(cids) };
}

async function readOrder(context: OrderContext, id: Hex, viewer: Address | null): Promise<OrderView | null> {
	const { db } = context;
	const row = await findOrder(db, id.toLowerCase());
	if (!row) return null;
	const role = await roleOf(db, row, viewer);
	const [[summary], events, shares, reviews, parts] = await Promise.all([
		summaries(context, [row]),
		eventsOf(db, row.order_id),
		sharesOf(db, row.order_id),
		context.reviews.ofOrder(row.order_id),
		privateParts(context, row, role),
	]);
	return toOrderView(row, summary as OrderSummary, {
		...parts,
		events,
		shares,
		role,
		reviews,
		court: context.isCourt(row.arbitrator as Address),
		now: context.now(),
	});
}
