import type { Proof } from '@kaishi/protocol/platform/proof';
import type { Hex } from 'viem';
import type { ChainEvent } from './projection.ts';

/** Columns that say where on the chain a row comes from; every projected fact carries them. */
export const PROOF_DDL = `
	block_number bigint not null,
	block_hash text not null,
	transaction_hash text not null,
	log_index integer not null,
	at bigint not null,
	contract text not null,
	event text not null`;

export const PROOF_COLUMNS = 'block_number, block_hash, transaction_hash, log_index, at, contract, event';

export interface ProofRow {
	block_number: number;
	block_hash: string;
	transaction_hash: string;
	log_index: number;
	at: number;
	contract: string;
	event: string;
}

/** Values for `PROOF_COLUMNS`, in their order. */
export function proofValues(event: ChainEvent<unknown>): unknown[] {
	const name = event.name.slice(event.name.indexOf('.') + 1);
	return [event.blockNumber.toString(), event.blockHash, event.transactionHash, event.logIndex, event.timestamp, event.address, name];
}

/** `PROOF_COLUMNS` as `json_to_recordset` reads them from `proofRecord`. */
export const PROOF_RECORD = 'block_number bigint, block_hash text, transaction_hash text, log_index integer, at bigint, contract text, event text';

/** The same values by column, for statements that take many events as JSON. */
export function proofRecord(event: ChainEvent<unknown>): Record<string, string | number> {
	return {
		block_number: event.blockNumber.toString(),
		block_hash: event.blockHash,
		transaction_hash: event.transactionHash,
		log_index: event.logIndex,
		at: event.timestamp,
		contract: event.address,
		event: event.name.slice(event.name.indexOf('.') + 1),
	};
}

export function toProof(row: ProofRow): Proof {
	return {
		blockNumber: String(row.block_number),
		blockHash: row.block_hash as Hex,
		transactionHash: row.transaction_hash as Hex,
		logIndex: row.log_index,
		timestamp: row.at,
		contract: row.contract as Hex,
		event: row.event,
	};
}
