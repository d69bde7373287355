import { choices } from '@kaishi/protocol/dispute';
import type { Hex } from 'viem';
import type { Queryable } from '../platform/db/database.ts';
import { isStorable } from '../platform/db/storable.ts';
import type { ChainEvent } from '../platform/indexer/projection.ts';

interface OfSeat {
	disputeId: bigint;
	round: number;
	seat: number;
}

export async function commitVote(db: Queryable, event: ChainEvent<OfSeat & { commitment: Hex }>): Promise<void> {
	const { disputeId, round, seat, commitment } = event.args;
	await db.query(
		`with voted as (update dispute.seats set commitment = $4 where dispute_id = $1 and round = $2 and seat = $3)
		 update dispute.rounds set commits = commits + 1 where dispute_id = $1 and round = $2`,
		[disputeId.toString(), round, seat, commitment],
	);
}

export async function revealVote(db: Queryable, event: ChainEvent<OfSeat & { choice: number; reason: string }>): Promise<void> {
	const { disputeId, round, seat, choice, reason } = event.args;
	const vote = choices[choice];
	await db.query(
		`with voted as (update dispute.seats set vote = $4, reason = $5 where dispute_id = $1 and round = $2 and seat = $3)
		 update dispute.rounds set reveals = reveals + 1, for_buyer = for_buyer + ($4 = 'buyer')::int, for_seller = for_seller + ($4 = 'seller')::int,
			for_even = for_even + ($4 = 'even')::int where dispute_id = $1 and round = $2`,
		[disputeId.toString(), round, seat, vote, isStorable(reason) ? reason : ''],
	);
}
