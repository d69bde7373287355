import { sides } from '@kaishi/protocol/order';
import type { Address } from 'viem';
import type { Queryable } from '../platform/db/database.ts';
import type { ChainEvent } from '../platform/indexer/projection.ts';

interface Contribution {
	disputeId: bigint;
	round: number;
	side: number;
	contributor: Address;
	amount: bigint;
}

/** Towards the appeal that calls the panel of `round`, which begins only when it is paid for. */
export async function contribute(db: Queryable, event: ChainEvent<Contribution & { total: bigint }>): Promise<void> {
	const { disputeId, round, side, contributor, amount, total } = event.args;
	const named = sides[side];
	await db.query(
		`with raised as (
			insert into dispute.rounds as r (dispute_id, round, raised_buyer, raised_seller)
			values ($1, $2, case when $3 = 'buyer' then $6::numeric else 0 end, case when $3 = 'seller' then $6::numeric else 0 end)
			on conflict (dispute_id, round) do update set
				raised_buyer = case when $3 = 'buyer' then $6::numeric else r.raised_buyer end, raised_seller = case when $3 = 'seller' then $6::numeric else r.raised_seller end
		)
		insert into dispute.contributions as c (dispute_id, round, side, contributor, amount) values ($1, $2, $3, $4, $5::numeric)
		on conflict (dispute_id, round, side, contributor) do update set amount = c.amount + excluded.amount`,
		[disputeId.toString(), round, named, contributor, amount.toString(), total.toString()],
	);
}

/** Also what the losers' stakes leave for a winner who has contributed nothing. */
export async function returnContribution(db: Queryable, event: ChainEvent<Contribution>): Promise<void> {
	const { disputeId, round, side, contributor, amount } = event.args;
	await db.query(
		`with given as (update dispute.contributions set returned = coalesce(returned, 0) + $5::numeric where dispute_id = $1 and round = $2 and side = $3 and contributor = $4)
		insert into dispute.payments (block_number, log_index, transaction_hash, account, kind, order_id)
		select $6, $7, $8, $4, 'appeal', order_id from dispute.cases where dispute_id = $1`,
		[disputeId.toString(), round, sides[side], contributor, amount.toString(), event.blockNumber.toString(), event.logIndex, event.transactionHash],
	);
}
