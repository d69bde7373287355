import type { Address, Hex } from 'viem';
import type { Queryable } from '../platform/db/database.ts';
import type { ChainEvent } from '../platform/indexer/projection.ts';
import { PROOF_COLUMNS } from '../platform/indexer/proof.ts';
import { BOOKED } from './ledger.ts';
import { STEPPED, stepParams } from './project-step.ts';

interface End {
	orderId: Hex;
	by: Address;
	state: 'completed' | 'refunded' | 'ruled';
	cause?: number;
	sellerAmount: bigint;
	buyerAmount: bigint;
}

/** What the money is called in the ledger, by how the order ended. */
const WORDS = { completed: 'sale', refunded: 'refund', ruled: 'ruling' } as const;
const LATE = 0;

/** State, history, balances and ledger in one statement: orders end often, and round trips are what a replay waits for. */
const END = `with ended as (
		update "order".orders set state = $2, deadline = 0, ended_at = $9, seller_amount = $12::numeric, buyer_amount = $13::numeric, late = $14
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

export async function refundOrder(db: Queryable, event: ChainEvent<{ orderId: Hex; by: Address; cause: number; amount: bigint }>): Promise<void> {
	await endOrder(db, event, { ...event.args, state: 'refunded', sellerAmount: 0n, buyerAmount: event.args.amount });
}

export async function ruleOrder(db: Queryable, event: ChainEvent<{ orderId: Hex; by: Address; buyerAmount: bigint; sellerAmount: bigint }>): Promise<void> {
	await endOrder(db, event, { ...event.args, state: 'ruled' });
}
