import type { Address } from 'viem';
import type { Queryable } from '../platform/db/database.ts';
import type { ProofRow } from '../platform/indexer/proof.ts';

export interface TabRow extends ProofRow {
	account: Address;
	key: Address;
	currency: Address;
	put_in: string;
	remaining: string;
	shop_id: string | null;
	operator_id: number;
	valid_until: number;
	closing: boolean;
	claimed: string;
	payable_from: number | null;
}

const MOST = 50;

/** Open tabs of an account, and those that are over with something left. */
export async function listTabs(db: Queryable, account: string, now: number): Promise<TabRow[]> {
	const { rows } = await db.query<TabRow>(
		`select * from tab.tabs where account = $1 and released_in is null and (remaining + claimed > 0 or valid_until >= $2) order by valid_until, key, currency limit ${MOST}`,
		[account, now],
	);
	return rows;
}

/** As `Tabs` counts: a claim that nobody has finished for so long holds nothing back any more. */
const LAPSE_SECONDS = 7 * 86_400;

/** Tabs that are over with something left that no claim holds back, longest over first. */
export async function listOver(db: Queryable, now: number, limit: number): Promise<TabRow[]> {
	const { rows } = await db.query<TabRow>(
		`select * from tab.tabs where released_in is null and remaining + claimed > 0 and valid_until < $1 and (payable_from is null or payable_from < $3)
		order by valid_until, key, currency limit $2`,
		[now, limit, now - LAPSE_SECONDS],
	);
	return rows;
}
