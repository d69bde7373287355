import { choices, phases } from '@kaishi/protocol/dispute';
import type { Address } from 'viem';
import type { Queryable } from '../platform/db/database.ts';
import type { ChainEvent } from '../platform/indexer/projection.ts';

interface OfRound {
	disputeId: bigint;
	round: number;
}

/** A panel is awaited. Whatever ticket the case held before has been used up. */
export async function pinDraw(db: Queryable, event: ChainEvent<OfRound & { ticket: bigint; pinnedBlock: bigint; deadline: number }>): Promise<void> {
	const { disputeId, round, ticket, pinnedBlock, deadline } = event.args;
	await db.query(
		`with used as (update dispute.tickets set done = true where dispute_id = $1 and not done),
		 dated as (update dispute.cases set deadline = $5, postponed_at = null where dispute_id = $1)
		 insert into dispute.tickets (ticket, dispute_id, round, pinned_block) values ($3, $1, $2, $4)`,
		[disputeId.toString(), round, ticket.toString(), pinnedBlock.toString(), deadline],
	);
}

export async function postponeDraw(db: Queryable, event: ChainEvent<OfRound>): Promise<void> {
	await db.query(
		`with used as (update dispute.tickets set done = true where dispute_id = $1 and not done)
		 update dispute.cases set postponed_at = $2 where dispute_id = $1`,
		[event.args.disputeId.toString(), event.blockNumber.toString()],
	);
}

export async function drawJuror(db: Queryable, event: ChainEvent<OfRound & { seat: number; juror: Address }>): Promise<void> {
	const { disputeId, round, seat, juror } = event.args;
	await db.query('insert into dispute.seats (dispute_id, round, seat, juror, at) values ($1, $2, $3, $4, $5)', [
		disputeId.toString(),
		round,
		seat,
		juror,
		event.timestamp,
	]);
}

export async function drawPanel(db: Queryable, event: ChainEvent<OfRound & { seats: number }>): Promise<void> {
	const { disputeId, round, seats } = event.args;
	await db.query(
		`with used as (update dispute.tickets set done = true where dispute_id = $1 and not done)
		 update dispute.rounds set seats = $3 where dispute_id = $1 and round = $2`,
		[disputeId.toString(), round, seats],
	);
}

/** An appeal that was paid for starts the evidence period of another round. */
export async function passPeriod(db: Queryable, event: ChainEvent<OfRound & { phase: number; deadline: number }>): Promise<void> {
	const { disputeId, round, phase, deadline } = event.args;
	await db.query(
		`with started as (insert into dispute.rounds (dispute_id, round) values ($1, $2) on conflict do nothing)
		 update dispute.cases set phase = $3, deadline = $4, round = $2 where dispute_id = $1`,
		[disputeId.toString(), round, phases[phase], deadline],
	);
}

export async function ruleRound(db: Queryable, event: ChainEvent<OfRound & { ruling: number }>): Promise<void> {
	const { disputeId, round, ruling } = event.args;
	await db.query(
		`with ruled as (update dispute.rounds set ruling = $3 where dispute_id = $1 and round = $2)
		 update dispute.cases set ruling = $3 where dispute_id = $1`,
		[disputeId.toString(), round, choices[ruling]],
	);
}

/** The movement inside the vault follows at once. */
export async function payJuror(db: Queryable, event: ChainEvent<OfRound & { seat: number; juror: Address; fee: bigint }>): Promise<void> {
	const { disputeId, round, seat, juror, fee } = event.args;
	await db.query(
		`with paid as (
			update dispute.seats set fee = $4, gain = r.gain from dispute.rounds r
			where seats.dispute_id = $1 and seats.round = $2 and seats.seat = $3 and r.dispute_id = $1 and r.round = $2
		)
		insert into dispute.payments (block_number, log_index, transaction_hash, account, kind, order_id)
		select $5, $6, $7, $8, 'reward', order_id from dispute.cases where dispute_id = $1`,
		[disputeId.toString(), round, seat, fee.toString(), event.blockNumber.toString(), event.logIndex, event.transactionHash, juror],
	);
}

/** Comes before the payments of the round's jurors. */
export async function settleRound(db: Queryable, event: ChainEvent<OfRound & { gain: bigint }>): Promise<void> {
	const { disputeId, round, gain } = event.args;
	await db.query('update dispute.rounds set settled = true, gain = $3 where dispute_id = $1 and round = $2', [disputeId.toString(), round, gain.toString()]);
}
