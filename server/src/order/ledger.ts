import type { Address } from 'viem';
import type { Queryable } from '../platform/db/database.ts';
import type { ChainEvent } from '../platform/indexer/projection.ts';
import { PROOF_COLUMNS, proofValues } from '../platform/indexer/proof.ts';

/** Part of a statement that adds the rows of `moved` (account, currency, amount) to the balances. */
export const BOOKED = `booked as (
	insert into "order".balances (account, currency, amount) select account, currency, amount from moved
	on conflict (account, currency) do update set amount = "order".balances.amount + excluded.amount
)`;

type Movement = ChainEvent<{ account: Address; token: Address; amount: bigint }>;

/** Money that came in; an order that it pays for takes it out again in an event of its own. */
export function deposit(db: Queryable, event: Movement): Promise<void> {
	return move(db, event, event.args.amount, 'deposit');
}

export function withdraw(db: Queryable, event: Movement): Promise<void> {
	return move(db, event, -event.args.amount, 'withdrawal');
}

async function move(db: Queryable, event: Movement, amount: bigint, kind: 'deposit' | 'withdrawal'): Promise<void> {
	if (amount === 0n) return;
	const { account, token } = event.args;
	await db.query(
		`with moved as (select $1::text as account, $2::text as currency, $3::numeric as amount), ${BOOKED}
		insert into "order".ledger (account, currency, amount, kind, ${PROOF_COLUMNS}) select account, currency, amount, $4, $5, $6, $7, $8, $9, $10, $11 from moved`,
		[account, token, amount.toString(), kind, ...proofValues(event)],
	);
}
