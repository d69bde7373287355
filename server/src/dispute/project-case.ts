import { choices, type Phase } from '@kaishi/protocol/dispute';
import { sides } from '@kaishi/protocol/order';
import { shopAccountOf } from '@kaishi/protocol/shop';
import { type Address, getAddress, type Hex } from 'viem';
import { findOrder } from '../order/public.ts';
import type { Queryable } from '../platform/db/database.ts';
import { isStorable } from '../platform/db/storable.ts';
import type { ChainEvent } from '../platform/indexer/projection.ts';
import { PROOF_COLUMNS, proofValues } from '../platform/indexer/proof.ts';

interface Opened {
	disputeId: bigint;
	orderId: Hex;
	side: number;
	atStake: bigint;
	feePerJuror: bigint;
	tier: number;
	insured: boolean;
}

/** One side has paid; the order book gives the other its time to answer. */
export async function openCase(db: Queryable, event: ChainEvent<Opened>): Promise<void> {
	const { disputeId, orderId, side, atStake, feePerJuror, tier, insured } = event.args;
	const order = await findOrder(db, orderId);
	if (!order) throw new Error(`dispute about order ${orderId}, which was never placed`);
	const phase: Phase = 'contested';
	await db.query(
		`with started as (insert into dispute.rounds (dispute_id, round) values ($1, 0))
		 insert into dispute.cases (dispute_id, order_id, buyer, shop_id, shop_account, currency, at_stake, fee_per_juror, opener, tier, insured, phase, ${PROOF_COLUMNS})
		 values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)`,
		[
			disputeId.toString(),
			orderId,
			order.buyer,
			order.shop_id,
			getAddress(shopAccountOf(BigInt(order.shop_id))),
			order.currency,
			atStake.toString(),
			feePerJuror.toString(),
			sides[side],
			tier,
			insured,
			phase,
			...proofValues(event),
		],
	);
}

export async function joinCase(db: Queryable, event: ChainEvent<{ disputeId: bigint; insured: boolean }>): Promise<void> {
	const { disputeId, insured } = event.args;
	await db.query("update dispute.cases set joined = true, insured = insured or $2, phase = 'evidence', deadline = 0 where dispute_id = $1", [
		disputeId.toString(),
		insured,
	]);
}

interface Closed {
	disputeId: bigint;
	outcome: number;
	executed: boolean;
	buyerCost: bigint;
	sellerCost: bigint;
}

/** The end; what each side gets back of its fee follows as movements inside the vault. */
export async function closeCase(db: Queryable, event: ChainEvent<Closed>): Promise<void> {
	const { disputeId, outcome, executed, buyerCost, sellerCost } = event.args;
	await db.query(
		`with ended as (
			update dispute.cases set phase = $2, deadline = 0, outcome = $3, executed = $4, buyer_cost = $5, seller_cost = $6 where dispute_id = $1
			returning buyer, shop_account, order_id
		)
		insert into dispute.payments (block_number, log_index, transaction_hash, account, kind, order_id)
		select $7::bigint, $8::int, $9, buyer, 'courtFee', order_id from ended union all select $7::bigint, $8::int, $9, shop_account, 'courtFee', order_id from ended`,
		[
			disputeId.toString(),
			executed ? 'executed' : 'closed',
			choices[outcome],
			executed,
			buyerCost.toString(),
			sellerCost.toString(),
			event.blockNumber.toString(),
			event.logIndex,
			event.transactionHash,
		],
	);
}

/** What stands on the chain may be anything; what cannot be stored is kept as nothing. */
export async function addEvidence(db: Queryable, event: ChainEvent<{ evidenceGroupId: bigint; party: Address; evidence: string }>): Promise<void> {
	const { evidenceGroupId, party, evidence } = event.args;
	await db.query(`insert into dispute.evidence (dispute_id, party, uri, ${PROOF_COLUMNS}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`, [
		evidenceGroupId.toString(),
		party,
		isStorable(evidence) ? evidence : '',
		...proofValues(event),
	]);
}
