import { orderStates, remedies, sides } from '@kaishi/protocol/order';
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

interface Advanced {
	orderId: Hex;
	by: Address;
	state: number;
	deadline: number;
	remedy: number;
	bps: number;
	byRight: boolean;
	opener: number;
	data: Hex;
}

/** As {@link STEPPED}, with what a step says besides: $12 to $16. */
const ADVANCED = `advanced as (
	insert into "order".events (order_id, kind, by_account, cause, ${PROOF_COLUMNS}, deadline, remedy, bps, by_right, note_hash)
	values ($1, $2, $3, $4::smallint, $5, $6, $7, $8, $9, $10, $11, $12::bigint, $13, $14, $15, $16)
)`;

/** The order waits in another state, $2; whose the note is that came with the step follows from it. */
const ADVANCE = `with ${ADVANCED} update "order".orders set state = $2, deadline = $12, step = step + 1, remedy = $13, bps = $14, by_right = $15, opener = $17,
	exchanged = exchanged or $2 = 'replacing',
	warranty_end = case when $2 = 'warranty' and warranty_end = 0 then $12 else warranty_end end,
	shipped_at = case when $2 = 'shipped' then coalesce(shipped_at, $9) else shipped_at end,
	tracking_hash = case when $2 = 'shipped' then $16 else tracking_hash end,
	return_hash = case when $2 = 'returned' then $16 else return_hash end,
	reason_hash = case when $2 in ('requested', 'contested') or ($2 = 'disputed' and state <> 'contested') then $16 else reason_hash end
	where order_id = $1`;

/** The order waits in another state. */
export async function advanceOrder(db: Queryable, event: ChainEvent<Advanced>): Promise<void> {
	const { orderId, by, deadline, bps, byRight, data } = event.args;
	const state = named(orderStates, event.args.state);
	const remedy = named(remedies, event.args.remedy);
	const opener = named(sides, event.args.opener);
	await db.query(ADVANCE, [...stepParams(event, { orderId, kind: state, by }), deadline, remedy, bps, byRight, data, opener]);
}

/** The buyer took a remedy that the terms grant by themselves; the event that follows says what became of it. */
export async function takeRemedy(db: Queryable, event: ChainEvent<{ orderId: Hex; by: Address; remedy: number; bps: number; data: Hex }>): Promise<void> {
	const { orderId, by, bps, data } = event.args;
	const remedy = named(remedies, event.args.remedy);
	await db.query(`with ${ADVANCED} update "order".orders set reason_hash = $16 where order_id = $1`, [
		...stepParams(event, { orderId, kind: 'remedyTaken', by }),
		null,
		remedy,
		bps,
		true,
		data,
	]);
}

function named<T extends string>(names: readonly T[], index: number): T {
	const name = names[index];
	if (name === undefined) throw new Error(`the contract knows more names than ${names.join(', ')}`);
	return name;
}
