import type { TabReads, TabView } from '@kaishi/protocol/tab';
import { getAddress } from 'viem';
import type { Queryable } from '../platform/db/database.ts';
import { toProof } from '../platform/indexer/proof.ts';
import { listTabs, type TabRow } from './query.ts';

export interface TabContext {
	db: Queryable;
	/** Chain time, Unix seconds. */
	now(): number;
}

export function createTabReads({ db, now }: TabContext): TabReads {
	return { tabsOf: async (account) => (await listTabs(db, getAddress(account), now())).map(toView) };
}

function toView(row: TabRow): TabView {
	return {
		key: row.key,
		limit: { currency: row.currency, amount: row.put_in },
		left: { currency: row.currency, amount: row.remaining },
		shopId: row.shop_id,
		operatorId: row.operator_id,
		validUntil: row.valid_until,
		closing: row.closing,
		proof: toProof(row),
	};
}
