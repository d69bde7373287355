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
	/** Events that come by the hundred, folded many at a time. A name stands here or among the handlers, never in both. */
	folds?: Record<string, Fold>;
	/** Topics to tell subscribers, given an event of this domain. */
	topics?(db: Queryable, event: ChainEvent<never>): Promise<string[]>;
}

/**
 * How many events of one name are folded in a few statements. What comes out must be what folding them one by one would
 * give. Between them may have stood events of other names that all projections fold this way, too: one projection's folds
 * must not depend on each other's outcome, while a later projection sees all that the earlier ones made of the stretch.
 */
export interface Fold {
	/** In the chain's order; at least one. */
	apply(db: Queryable, events: readonly ChainEvent<never>[]): Promise<void>;
	/** Topics of each event, in the same order; without it the projection's are asked for one event after the other. */
	topics?(db: Queryable, events: readonly ChainEvent<never>[]): Promise<readonly (readonly string[])[]>;
}
