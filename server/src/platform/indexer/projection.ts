import type { Address, Hex } from 'viem';
import type { Queryable } from '../db/database.ts';

/** A decoded log. `args` are viem's, by name. */
export interface ChainEvent<Args = Record<string, unknown>> {
	/** `OrderBook.OrderPlaced` */
	name: string;
	address: Address;
	args: Args;
	blockNumber: bigint;
	blockHash: Hex;
	/** Unix seconds. */
	timestamp: number;
	transactionHash: Hex;
	logIndex: number;
}

/**
 * A domain's fold of events into its tables. Forward only and deterministic: no clock, no network, no other table owners.
 * The indexer runs it inside one transaction per block range and undoes reorgs by itself for every table listed.
 */
export interface Projection {
	domain: string;
	/** Schema-qualified names of every table it writes, for undo, rebuild and comparison. Each has a primary key. */
	tables: readonly string[];
	handlers: Record<string, (db: Queryable, event: ChainEvent<never>) => Promise<void>>;
	/** Topics to tell subscribers, given an event of this domain. */
	topics?(db: Queryable, event: ChainEvent<never>): Promise<string[]>;
}
