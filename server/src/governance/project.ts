import type { Address, Hex } from 'viem';
import { zeroHash } from 'viem';
import type { Queryable } from '../platform/db/database.ts';
import type { ChainEvent, Projection } from '../platform/indexer/projection.ts';
import { PROOF_COLUMNS, proofValues } from '../platform/indexer/proof.ts';
import { governanceTables } from './tables.ts';

/** Folds what governance decided, and what waits in its timelock. */
export function createGovernanceProjection(): Projection {
	return {
		domain: 'governance',
		tables: governanceTables,
		handlers: {
			'Parameters.CurrencyAllowed': (db: Queryable, event: ChainEvent<{ currency: Address; allowed: boolean }>) =>
				decide(db, event, 'currency', event.args.currency, event.args.allowed),
			'Parameters.ArbitratorAllowed': (db: Queryable, event: ChainEvent<{ arbitrator: Address; allowed: boolean }>) =>
				decide(db, event, 'arbitrator', event.args.arbitrator, event.args.allowed),
			'Timelock.CallScheduled': schedule,
			'Timelock.CallSalt': (db: Queryable, { args }: ChainEvent<{ id: Hex; salt: Hex }>) =>
				update(db, 'update governance.calls set salt = $2 where id = $1', [args.id, args.salt]),
			'Timelock.CallExecuted': (db: Queryable, { args }: ChainEvent<{ id: Hex; index: bigint }>) =>
				update(db, "update governance.calls set state = 'done' where id = $1 and index = $2", [args.id, Number(args.index)]),
			'Timelock.Cancelled': (db: Queryable, { args }: ChainEvent<{ id: Hex }>) =>
				update(db, "update governance.calls set state = 'cancelled' where id = $1", [args.id]),
		},
	};
}

async function update(db: Queryable, sql: string, params: unknown[]): Promise<void> {
	await db.query(sql, params);
}

async function decide(db: Queryable, event: ChainEvent<unknown>, kind: string, address: Address, allowed: boolean): Promise<void> {
	await db.query(
		`insert into governance.decisions (kind, address, allowed, ${PROOF_COLUMNS}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
		 on conflict (kind, address) do update set allowed = excluded.allowed, block_number = excluded.block_number, block_hash = excluded.block_hash,
			transaction_hash = excluded.transaction_hash, log_index = excluded.log_index, at = excluded.at, contract = excluded.contract, event = excluded.event`,
		[kind, address, allowed, ...proofValues(event)],
	);
}

interface Scheduled {
	id: Hex;
	index: bigint;
	target: Address;
	value: bigint;
	data: Hex;
	predecessor: Hex;
	delay: bigint;
}

/** The same operation may be scheduled again once it was cancelled. */
async function schedule(db: Queryable, event: ChainEvent<Scheduled>): Promise<void> {
	const { id, index, target, value, data, predecessor, delay } = event.args;
	await db.query(
		`insert into governance.calls (id, index, target, value, data, predecessor, salt, ready_at, state, ${PROOF_COLUMNS})
		 values ($1, $2, $3, $4, $5, $6, $7, $8, 'waiting', $9, $10, $11, $12, $13, $14, $15)
		 on conflict (id, index) do update set ready_at = excluded.ready_at, state = 'waiting', block_number = excluded.block_number, block_hash = excluded.block_hash,
			transaction_hash = excluded.transaction_hash, log_index = excluded.log_index, at = excluded.at`,
		[id, Number(index), target, value.toString(), data, predecessor, zeroHash, event.timestamp + Number(delay), ...proofValues(event)],
	);
}
