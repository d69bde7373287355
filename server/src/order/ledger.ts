import type { LedgerEntry } from '@kaishi/protocol/order';
import type { Address, Hex } from 'viem';
import type { Queryable } from '../platform/db/database.ts';
import type { ChainEvent } from '../platform/indexer/projection.ts';
import { PROOF_COLUMNS, proofValues } from '../platform/indexer/proof.ts';

export interface Movement {
	account: Address;
	currency: Address;
	/** Negative leaves the account. */
	amount: bigint;
	kind: LedgerEntry['kind'];
	orderId: Hex | null;
}

/** Books one movement: the balance and the line that explains it. */
export async function moveBalance(db: Queryable, event: ChainEvent<unknown>, movement: Movement): Promise<void> {
	if (movement.amount === 0n) return;
	const { account, currency, amount, kind, orderId } = movement;
	await db.query(
		`with booked as (
			insert into "order".balances (account, currency, amount) values ($1, $2, $3)
			on conflict (account, currency) do update set amount = "order".balances.amount + excluded.amount
		)
		insert into "order".ledger (account, currency, amount, kind, order_id, ${PROOF_COLUMNS}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
		[account, currency, amount.toString(), kind, orderId, ...proofValues(event)],
	);
}
