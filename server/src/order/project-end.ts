import type { Address, Hex } from 'viem';
import type { Queryable } from '../platform/db/database.ts';
import type { ChainEvent } from '../platform/indexer/projection.ts';
import { PROOF_COLUMNS, proofValues } from '../platform/indexer/proof.ts';
import { BOOKED } from './ledger.ts';
import { STEPPED, stepParams } from './project-step.ts';

interface End {
	orderId: Hex;
	by: Address;
	state: 'completed' | 'refunded' | 'ruled' | 'settled';
	cause?: number;
	sellerAmount: bigint;
	buyerAmount: bigint;
}

/** What the money is called in the ledger, by how the order ended. */
const WORDS = { completed: 'sale', refunded: 'refund', ruled: 'ruling', settled: 'settlement' } as const;
const LATE = 0;

/** State, history, balances and ledger in one statement: orders end often, and round trips are what a replay waits for. */
const END = `with ended as (
		update "order".orders set state = $2, deadline = 0, step = step + 1, held = 0, warranty_end = 0, ended_at = $9, late = $14,
			seller_amount = coalesce(seller_amount, 0) + $12::numeric, buyer_amount = coalesce(buyer_amount, 0) + $13::numeric
		where order_id = $1 returning buyer, shop_account, currency
	), ${STEPPED}, moved as (
		select buyer as account, currency, $13::numeric as amount from ended where $13::numeric <> 0
		union all select shop_account, currency, $12::numeric from ended where $12::numeric <> 0
	), ${BOOKED}, explained as (
		insert into "order".ledger (account, currency, amount, kind, order_id, ${PROOF_COLUMNS})
		select account, currency, amount, $15, $1, $5, $6, $7, $8, $9, $10, $11 from moved
	)
	select count(*) as orders from ended`;

async function endOrder(db: Queryable, event: ChainEvent<unknown>, end: End): Promise<void> {
	const { orderId, by, state, cause } = end;
	const { rows } = await db.query<{ orders: number }>(END, [
		...stepParams(event, { orderId, kind: state, by, ...(cause === undefined ? {} : { cause }) }),
		end.sellerAmount.toString(),
		end.buyerAmount.toString(),
		state === 'refunded' && cause === LATE,
		WORDS[state],
	]);
	if (rows[0]?.orders !== 1) throw new Error(`order ${orderId} ended without having been placed`);
}

export async function completeOrder(db: Queryable, event: ChainEvent<{ orderId: Hex; by: Address; sellerAmount: bigint }>): Promise<void> {
	await endOrder(db, event, { ...event.args, state: 'completed', buyerAmount: 0n });
}

export async function refundOrder(db: Queryable, event: ChainEvent<{ orderId: Hex; by: Address; cause: number; amount: bigint; kept: bigint }>): Promise<void> {
	await endOrder(db, event, { ...event.args, state: 'refunded', sellerAmount: event.args.kept, buyerAmount: event.args.amount });
}

type Divided = ChainEvent<{ orderId: Hex; by: Address; buyerAmount: bigint; sellerAmount: bigint }>;

export async function ruleOrder(db: Queryable, event: Divided): Promise<void> {
	await endOrder(db, event, { ...event.args, state: 'ruled' });
}

export async function settleOrder(db: Queryable, event: Divided): Promise<void> {
	await endOrder(db, event, { ...event.args, state: 'settled' });
}

/** Sold and paid but for the reserve; that the order waits in its warranty, the event before has said. */
const WARRANT = `with sold as (
		update "order".orders set held = $9::numeric, payouts = payouts + 1, seller_amount = $8::numeric where order_id = $1 returning shop_account as account, currency
	), moved as (
		select account, currency, $8::numeric as amount from sold where $8::numeric <> 0
	), ${BOOKED}
	insert into "order".ledger (account, currency, amount, kind, order_id, ${PROOF_COLUMNS})
	select account, currency, amount, 'sale', $1, $2, $3, $4, $5, $6, $7, $10 from moved`;

export async function warrantOrder(db: Queryable, event: ChainEvent<{ orderId: Hex; sellerAmount: bigint; reserve: bigint }>): Promise<void> {
	const { orderId, sellerAmount, reserve } = event.args;
	const [block, hash, transaction, log, at, contract, name] = proofValues(event);
	await db.query(WARRANT, [orderId, block, hash, transaction, log, at, contract, sellerAmount.toString(), reserve.toString(), name]);
}
