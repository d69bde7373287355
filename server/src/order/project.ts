import { type Order, orderIdOf, termsFromWire } from '@kaishi/protocol/order';
import { listingOfOffer, shopAccountOf, shopOfListing, variantOfOffer } from '@kaishi/protocol/shop';
import { type Address, getAddress, type Hex } from 'viem';
import type { Queryable } from '../platform/db/database.ts';
import type { ChainEvent, Projection } from '../platform/indexer/projection.ts';
import { PROOF_COLUMNS, proofValues } from '../platform/indexer/proof.ts';
import { publishedTerms } from '../shop/public.ts';
import { moveBalance } from './ledger.ts';
import { projectShare } from './project-share.ts';
import { orderTables } from './tables.ts';

type Handler<Args> = (db: Queryable, event: ChainEvent<Args>) => Promise<void>;

/** Folds OrderBook events into orders, their history and the balances inside the market. */
export function createOrderProjection(options: { chainId: number }): Projection {
	return {
		domain: 'order',
		tables: orderTables,
		handlers: {
			'OrderBook.OrderPlaced': (db, event) => placeOrder(db, event, options.chainId),
			'OrderBook.OrderShipped': shipOrder,
			'OrderBook.OrderDisputed': disputeOrder,
			'OrderBook.OrderCompleted': completeOrder,
			'OrderBook.OrderRefunded': refundOrder,
			'OrderBook.OrderRuled': ruleOrder,
			'OrderBook.SharePaid': projectShare,
			'OrderBook.Deposited': deposit,
			'OrderBook.Withdrawn': withdraw,
		},
		topics: topicsOf,
	};
}

interface Placed {
	orderId: Hex;
	offerId: bigint;
	buyer: Address;
	version: number;
	quantity: bigint;
	affiliate: Address;
	feeBps: number;
	total: bigint;
	deadline: number;
	detailsHash: Hex;
	validBefore: bigint;
	salt: Hex;
}

async function placeOrder(db: Queryable, event: ChainEvent<Placed>, chainId: number): Promise<void> {
	const { args } = event;
	const listingId = listingOfOffer(args.offerId);
	const variant = variantOfOffer(args.offerId);
	const wire = await publishedTerms(db, listingId.toString(), args.version, variant);
	if (wire === null) throw new Error(`no terms of offer ${args.offerId} version ${args.version}`);
	const terms = termsFromWire(wire);
	const order: Order = { ...args, terms };
	// The page that shows an order must bring back exactly what was agreed; a rebuilt order with another id never could.
	const id = orderIdOf(order, chainId, event.address);
	if (id !== args.orderId) throw new Error(`rebuilt order has id ${id}, the chain says ${args.orderId}`);
	await db.query(
		`insert into "order".orders (order_id, offer_id, listing_id, shop_id, variant, version, terms, currency, arbitrator, buyer, quantity, affiliate, fee_bps,
			total, details_hash, valid_before, salt, state, deadline, placed_at, ${PROOF_COLUMNS})
		 values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27)`,
		[
			args.orderId,
			args.offerId.toString(),
			listingId.toString(),
			shopOfListing(listingId).toString(),
			variant,
			args.version,
			JSON.stringify(wire),
			terms.currency,
			terms.arbitrator,
			args.buyer,
			args.quantity.toString(),
			args.affiliate,
			args.feeBps,
			args.total.toString(),
			args.detailsHash,
			args.validBefore.toString(),
			args.salt,
			// As in OrderBook.sol: nothing to ship means delivered at purchase.
			terms.shipBySeconds === 0 ? 'shipped' : 'placed',
			args.deadline,
			event.timestamp,
			...proofValues(event),
		],
	);
	await addEvent(db, event, args.orderId, 'placed', args.buyer);
	await moveBalance(db, event, { account: args.buyer, currency: terms.currency, amount: -args.total, kind: 'payment', orderId: args.orderId });
}

const shipOrder: Handler<{ orderId: Hex; by: Address; deadline: number; data: Hex }> = async (db, event) => {
	const { orderId, by, deadline, data } = event.args;
	await db.query(`update "order".orders set state = 'shipped', deadline = $2, shipped_at = $3, tracking_hash = $4 where order_id = $1`, [
		orderId,
		deadline,
		event.timestamp,
		data,
	]);
	await addEvent(db, event, orderId, 'shipped', by);
};

const disputeOrder: Handler<{ orderId: Hex; by: Address; deadline: number; data: Hex }> = async (db, event) => {
	const { orderId, by, deadline, data } = event.args;
	await db.query(`update "order".orders set state = 'disputed', deadline = $2, reason_hash = $3 where order_id = $1`, [orderId, deadline, data]);
	await addEvent(db, event, orderId, 'disputed', by);
};

const completeOrder: Handler<{ orderId: Hex; by: Address; sellerAmount: bigint }> = async (db, event) => {
	const { orderId, by, sellerAmount } = event.args;
	const order = await endOrder(db, event, orderId, { state: 'completed', sellerAmount, buyerAmount: 0n, late: false });
	await addEvent(db, event, orderId, 'completed', by);
	await moveBalance(db, event, { account: order.shopAccount, currency: order.currency, amount: sellerAmount, kind: 'sale', orderId });
};

const refundOrder: Handler<{ orderId: Hex; by: Address; cause: number; amount: bigint }> = async (db, event) => {
	const { orderId, by, cause, amount } = event.args;
	const order = await endOrder(db, event, orderId, { state: 'refunded', sellerAmount: 0n, buyerAmount: amount, late: cause === 0 });
	await addEvent(db, event, orderId, 'refunded', by, cause);
	await moveBalance(db, event, { account: order.buyer, currency: order.currency, amount, kind: 'refund', orderId });
};

const ruleOrder: Handler<{ orderId: Hex; by: Address; buyerAmount: bigint; sellerAmount: bigint }> = async (db, event) => {
	const { orderId, by, buyerAmount, sellerAmount } = event.args;
	const order = await endOrder(db, event, orderId, { state: 'ruled', sellerAmount, buyerAmount, late: false });
	await addEvent(db, event, orderId, 'ruled', by);
	await moveBalance(db, event, { account: order.buyer, currency: order.currency, amount: buyerAmount, kind: 'ruling', orderId });
	await moveBalance(db, event, { account: order.shopAccount, currency: order.currency, amount: sellerAmount, kind: 'ruling', orderId });
};

const deposit: Handler<{ account: Address; token: Address; amount: bigint }> = (db, event) =>
	moveBalance(db, event, { account: event.args.account, currency: event.args.token, amount: event.args.amount, kind: 'deposit', orderId: null });

const withdraw: Handler<{ account: Address; token: Address; amount: bigint }> = (db, event) =>
	moveBalance(db, event, { account: event.args.account, currency: event.args.token, amount: -event.args.amount, kind: 'withdrawal', orderId: null });

interface End {
	state: 'completed' | 'refunded' | 'ruled';
	sellerAmount: bigint;
	buyerAmount: bigint;
	late: boolean;
}

async function endOrder(
	db: Queryable,
	event: ChainEvent<unknown>,
	orderId: Hex,
	end: End,
): Promise<{ buyer: Address; currency: Address; shopAccount: Address }> {
	const { rows } = await db.query<{ buyer: string; currency: string; shop_id: string }>(
		`update "order".orders set state = $2, deadline = 0, ended_at = $3, seller_amount = $4, buyer_amount = $5, late = $6 where order_id = $1 returning buyer, currency, shop_id`,
		[orderId, end.state, event.timestamp, end.sellerAmount.toString(), end.buyerAmount.toString(), end.late],
	);
	if (!rows[0]) throw new Error(`order ${orderId} ended without having been placed`);
	return { buyer: rows[0].buyer as Address, currency: rows[0].currency as Address, shopAccount: getAddress(shopAccountOf(BigInt(rows[0].shop_id))) };
}

async function addEvent(db: Queryable, event: ChainEvent<unknown>, orderId: Hex, kind: string, by: Address, cause: number | null = null): Promise<void> {
	await db.query(`insert into "order".events (order_id, kind, by_account, cause, ${PROOF_COLUMNS}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`, [
		orderId,
		kind,
		by,
		cause,
		...proofValues(event),
	]);
}

async function topicsOf(db: Queryable, event: ChainEvent<never>): Promise<string[]> {
	const args = event.args as { orderId?: Hex; account?: Address };
	const topics = args.account === undefined ? [] : [`account:${args.account.toLowerCase()}`];
	if (args.orderId === undefined) return topics;
	topics.push(`order:${args.orderId}`);
	if (event.name !== 'OrderBook.SharePaid') topics.push('trades');
	const { rows } = await db.query<{ buyer: string; shop_id: string; listing_id: string }>(
		'select buyer, shop_id, listing_id from "order".orders where order_id = $1',
		[args.orderId],
	);
	for (const { buyer, shop_id, listing_id } of rows) topics.push(`account:${buyer.toLowerCase()}`, `shop:${shop_id}`, `listing:${listing_id}`);
	return topics;
}
