import { Refusal } from '@kaishi/protocol/platform/errors';
import type { Address } from 'viem';
import type { Queryable } from '../platform/db/database.ts';
import { listOver } from './query.ts';

export interface TabKeeperContext {
	db: Queryable;
	/** Anyone may give back what is left of a tab that is over; here the operator's relayer does. */
	releaseTab(account: Address, key: Address, currency: Address): Promise<unknown>;
	/** Chain time, Unix seconds. */
	now(): number;
	onError(error: unknown): void;
}

const BATCH = 50;

/**
 * Gives back what is left of every tab that is over. Idempotent: the contract releases a tab once, and one that somebody
 * else has just released is refused and passed over. Returns how many came back.
 */
export async function releaseOverTabs(context: TabKeeperContext): Promise<number> {
	const passedOver = new Set<string>();
	let released = 0;
	for (;;) {
		const rows = await listOver(context.db, context.now(), BATCH + passedOver.size);
		const over = rows.map((row) => ({ ...row, id: `${row.account}/${row.key}/${row.currency}` })).filter(({ id }) => !passedOver.has(id));
		if (over.length === 0) return released;
		const results = await Promise.allSettled(
			over.map(({ account, key, currency }) => context.releaseTab(account as Address, key as Address, currency as Address)),
		);
		for (const [i, result] of results.entries()) {
			passedOver.add(over[i]?.id ?? '');
			if (result.status === 'fulfilled') released++;
			else if (!(result.reason instanceof Refusal)) context.onError(result.reason);
		}
	}
}
