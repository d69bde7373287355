import { Refusal } from '@kaishi/protocol/platform/errors';
import type { Address } from 'viem';
import type { Queryable } from '../platform/db/database.ts';
import { listOver } from './query.ts';

export interface TabKeeperContext {
	db: Queryable;
	/** Anyone may give back what is left of tabs that are over; here the operator's relayer does, in one transaction. */
	releaseTabs(tabs: readonly Over[]): Promise<unknown>;
	/** Chain time, Unix seconds. */
	now(): number;
	onError(error: unknown): void;
}

type Over = { account: Address; key: Address; currency: Address };

/** At 70,000 gas each they fit into what the relayer gives one call. */
const BATCH = 40;

const idOf = ({ account, key, currency }: Over) => `${account}/${key}/${currency}`;

/**
 * Gives back what is left of every tab that is over: at midnight that may be thousands. Idempotent: the contract releases
 * a tab once, and one that somebody else has just released is skipped. Returns how many came back.
 */
export async function releaseOverTabs(context: TabKeeperContext): Promise<number> {
	const tried = new Set<string>();
	for (;;) {
		const rows = await listOver(context.db, context.now(), BATCH + tried.size);
		const over = rows.filter((tab) => !tried.has(idOf(tab))).slice(0, BATCH);
		// What was tried and is still there could not be released.
		if (over.length === 0) return tried.size - rows.length;
		try {
			await context.releaseTabs(over.map(({ account, key, currency }) => ({ account, key, currency })));
		} catch (error) {
			if (!(error instanceof Refusal)) context.onError(error);
		}
		for (const tab of over) tried.add(idOf(tab));
	}
}
