import type { SpendingKeyView } from '@kaishi/protocol/account';
import type { Address } from 'viem';
import { type ProofRow, toProof } from '../platform/indexer/proof.ts';
import type { AccountContext } from './context.ts';

interface SpendingKeyRow extends ProofRow {
	key: Address;
	currency: Address;
	spending_limit: string;
	spending_left: string;
	shop_id: string | null;
	valid_until: number;
}

/** Keys that may still spend for the account, those that end first first. */
export async function spendingKeysOf({ db, chain }: AccountContext, account: Address): Promise<SpendingKeyView[]> {
	const { rows } = await db.query<SpendingKeyRow>(
		'select * from account.spending_key where account = $1 and valid_until >= $2 and spending_left > 0 order by valid_until, key, currency limit 50',
		[account, chain.now()],
	);
	return rows.map((row) => ({
		key: row.key,
		limit: { currency: row.currency, amount: row.spending_limit },
		left: { currency: row.currency, amount: row.spending_left },
		shopId: row.shop_id,
		validUntil: row.valid_until,
		proof: toProof(row),
	}));
}
