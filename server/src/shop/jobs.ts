import { Refusal } from '@kaishi/protocol/platform/errors';
import type { Queryable } from '../platform/db/database.ts';
import { dealsToEnd } from './query.ts';

export interface DealKeeperContext {
	db: Queryable;
	/** Anyone may; here the operator's relayer does. */
	endDeal(offerId: bigint): Promise<unknown>;
	/** Chain time, Unix seconds. */
	now(): number;
	onError(error: unknown): void;
}

const BATCH = 50;

/**
 * Puts what is left of deals that are over back where it came from, also what refunds put back later. The contract moves what
 * is there, so doing it twice moves nothing twice. Resolves with how many were ended.
 */
export function createDealEnder(context: DealKeeperContext): () => Promise<number> {
	return async () => {
		const over = await dealsToEnd(context.db, context.now(), BATCH);
		const results = await Promise.allSettled(over.map((offerId) => context.endDeal(BigInt(offerId))));
		for (const result of results) if (result.status === 'rejected' && !(result.reason instanceof Refusal)) context.onError(result.reason);
		return results.filter(({ status }) => status === 'fulfilled').length;
	};
}
