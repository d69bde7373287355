import { orderStates } from '@kaishi/protocol/order';
import { listingOfOffer, shopOfListing, shopRoles } from '@kaishi/protocol/shop';
import type { Side } from '@kaishi/protocol/social';
import { type Address, type Hex, isAddressEqual } from 'viem';
import { findOrder, type OrderRow } from '../../order/public.ts';
import type { Queryable } from '../../platform/db/database.ts';
import type { ChainEvent, Projection } from '../../platform/indexer/projection.ts';
import { accountsWithRole, mayAct } from '../../shop/public.ts';
import { notificationTables } from './tables.ts';

interface Step {
	orderId: Hex;
	/** Who caused it; missing where the clock did. */
	by?: Address;
	cause?: number;
	/** Of `OrderAdvanced`: the state it waits in now. */
	state?: number;
}

/** Every event that moves an order on from where it was placed. */
export const toldEvents = [
	'OrderBook.OrderAdvanced',
	'OrderBook.OrderCompleted',
	'OrderBook.OrderRefunded',
	'OrderBook.OrderRuled',
	'OrderBook.OrderSettled',
] as const;

/** Folds the order book's events into notifications: whoever did not act hears of it; of deadlines and rulings both do. */
export function createNotificationProjection(): Projection {
	return {
		domain: 'social',
		tables: notificationTables,
		handlers: Object.fromEntries(toldEvents.map((event) => [event, tell])),
		folds: { 'OrderBook.OrderPlaced': { apply: tellPlaced, topics: topicsOfPlaced } },
		topics: topicsOf,
	};
}

async function tell(db: Queryable, event: ChainEvent<Step>): Promise<void> {
	const { orderId, by, cause } = event.args;
	const order = await findOrder(db, orderId);
	if (!order) throw new Error(`${event.name} of order ${orderId}, which was never placed`);
	for (const side of await sidesToTell(db, order, by ?? null)) {
		await db.query(
			'insert into social.notifications (block_number, log_index, side, order_id, buyer, shop_id, event, cause, at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)',
			[event.blockNumber.toString(), event.logIndex, side, orderId, order.buyer, order.shop_id, newsOf(event), cause ?? null, event.timestamp],
		);
	}
}

type Placed = ChainEvent<{ orderId: Hex; buyer: Address; offerId: bigint }>;

const shopOf = (event: Placed) => shopOfListing(listingOfOffer(event.args.offerId)).toString();

/** The shop hears of orders; whoever bought knows. */
async function tellPlaced(db: Queryable, events: readonly Placed[]): Promise<void> {
	const rows = events.map((event) => ({
		block_number: event.blockNumber.toString(),
		log_index: event.logIndex,
		order_id: event.args.orderId,
		buyer: event.args.buyer,
		shop_id: shopOf(event),
		at: event.timestamp,
	}));
	await db.query(
		`insert into social.notifications (block_number, log_index, side, order_id, buyer, shop_id, event, at)
		select block_number, log_index, 'shop', order_id, buyer, shop_id, 'OrderPlaced', at
		from json_to_recordset($1::json) as n (block_number bigint, log_index integer, order_id text, buyer text, shop_id numeric, at bigint)`,
		[JSON.stringify(rows)],
	);
}

async function topicsOfPlaced(db: Queryable, events: readonly Placed[]): Promise<string[][]> {
	const staff = new Map<string, string[]>();
	for (const shopId of new Set(events.map(shopOf))) {
		const accounts = await accountsWithRole(db, shopId, shopRoles.orders);
		staff.set(
			shopId,
			accounts.map((account) => `account:${account.toLowerCase()}`),
		);
	}
	return events.map((event) => [`account:${event.args.buyer.toLowerCase()}`, ...(staff.get(shopOf(event)) ?? [])]);
}

/** What the news is called: a waiting state by its own name, everything else by the event's. */
function newsOf(event: ChainEvent<Step>): string {
	const state = event.args.state === undefined ? undefined : orderStates[event.args.state];
	return state === undefined ? event.name.slice(event.name.indexOf('.') + 1) : `Order${state.charAt(0).toUpperCase()}${state.slice(1)}`;
}

async function sidesToTell(db: Queryable, order: OrderRow, actor: Address | null): Promise<Side[]> {
	if (actor === null) return ['buyer', 'shop'];
	if (isAddressEqual(actor, order.buyer as Address)) return ['shop'];
	return (await mayAct(db, order.shop_id, actor, shopRoles.orders)) ? ['buyer'] : ['buyer', 'shop'];
}

/** The buyer hears on the order's own account of it already; here everybody who answers for the shop. */
async function topicsOf(db: Queryable, event: ChainEvent<never>): Promise<string[]> {
	const order = await findOrder(db, (event.args as Step).orderId);
	if (!order) return [];
	const staff = await accountsWithRole(db, order.shop_id, shopRoles.orders);
	return [order.buyer as Address, ...staff].map((account) => `account:${account.toLowerCase()}`);
}
