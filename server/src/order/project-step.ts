import type { Address, Hex } from 'viem';
import type { Queryable } from '../platform/db/database.ts';
import type { ChainEvent } from '../platform/indexer/projection.ts';
import { PROOF_COLUMNS, proofValues } from '../platform/indexer/proof.ts';

/** Part of a statement that writes a step of an order's history; its parameters are `stepParams`, $1 to $11. */
export const STEPPED = `stepped as (
	insert into "order".events (order_id, kind, by_account, cause, ${PROOF_COLUMNS}) values ($1, $2, $3, $4::smallint, $5, $6, $7, $8, $9, $10, $11)
)`;

export interface Step {
	orderId: Hex;
	kind: string;
	by: Address;
	cause?: number;
}

export const stepParams = (event: ChainEvent<unknown>, step: Step): unknown[] => [step.orderId, step.kind, step.by, step.cause ?? null, ...proofValues(event)];

type Waiting = ChainEvent<{ orderId: Hex; by: Address; deadline: number; data: Hex }>;

export async function shipOrder(db: Queryable, event: Waiting): Promise<void> {
	const { orderId, by, deadline, data } = event.args;
	await db.query(`with ${STEPPED} update "order".orders set state = 'shipped', deadline = $12, shipped_at = $9, tracking_hash = $13 where order_id = $1`, [
		...stepParams(event, { orderId, kind: 'shipped', by }),
		deadline,
		data,
	]);
}

export async function disputeOrder(db: Queryable, event: Waiting): Promise<void> {
	const { orderId, by, deadline, data } = event.args;
	await db.query(`with ${STEPPED} update "order".orders set state = 'disputed', deadline = $12, reason_hash = $13 where order_id = $1`, [
		...stepParams(event, { orderId, kind: 'disputed', by }),
		deadline,
		data,
	]);
}
