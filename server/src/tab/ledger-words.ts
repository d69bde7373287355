import { type Address, isAddressEqual } from 'viem';
import type { ExplainTransfer } from '../order/public.ts';

/** What a movement inside the vault was for, when money was set aside, came back, or paid for what was bought on a tab; else null. */
export function createTabWords(tabs: Address): ExplainTransfer {
	return async (db, { args: { from, to }, transactionHash }) => {
		if (isAddressEqual(to, tabs)) return { kind: 'setAside', orderId: null };
		if (!isAddressEqual(from, tabs)) return null;
		// The contract says first that a tab is over.
		const { rows } = await db.query('select 1 from tab.tabs where account = $1 and released_in = $2 limit 1', [to, transactionHash]);
		return { kind: rows.length > 0 ? 'givenBack' : 'tabSale', orderId: null };
	};
}
