import type { Order } from '@kaishi/protocol/order';
import { Refusal } from '@kaishi/protocol/platform/errors';
import type { Queryable } from '../platform/db/database.ts';
import { toOrder } from './agreement.ts';
import { purgeOrphanedNotes } from './private-store.ts';
import { listDue } from './query.ts';

export interface KeeperContext {
	db: Queryable;
	/** Anyone may execute a passed deadline; here the operator's relayer does. */
	settleDue(order: Order): Promise<unknown>;
	/** Chain time, Unix seconds. */
	now(): number;
	onError(error: unknown): void;
}

const BATCH = 50;

/**
 * Executes every deadline that has passed. Idempotent: the contract ends an order once, and one that somebody else
 * has just ended is refused and passed over. Returns how many were settled.
 */
export async function settleDueOrders(context: KeeperContext): Promise<number> {
	const passedOver = new Set<string>();
	let settled = 0;
	for (;;) {
		const rows = await listDue(context.db, context.now(), BATCH + passedOver.size);
		const due = rows.filter((row) => !passedOver.has(row.order_id));
		if (due.length === 0) return settled;
		const results = await Promise.allSettled(due.map((row) => context.settleDue(toOrder(row))));
		for (const [i, result] of results.entries()) {
			// The projection has stored a settled order's block, so it is not due again; what is refused waits for the next round.
			passedOver.add(due[i]?.order_id ?? '');
			if (result.status === 'fulfilled') settled++;
			else if (!(result.reason instanceof Refusal)) context.onError(result.reason);
		}
	}
}

/** Notes whose order was never placed are nobody's business to keep. */
export const forgetOrphans = (db: Queryable): Promise<number> => purgeOrphanedNotes(db);
