import { type Address, isAddressEqual } from 'viem';
import type { ExplainTransfer } from '../../order/public.ts';

/** What a movement inside the vault was for, when it went into a pot or came out of one; else null. */
export function createPlayWords(pots: Address): ExplainTransfer {
	return async (db, { args: { from, to }, transactionHash }) => {
		if (isAddressEqual(to, pots)) return { kind: 'pot', orderId: null };
		if (!isAddressEqual(from, pots)) return null;
		// The contract says first that a pot is over.
		const { rows } = await db.query('select 1 from live.pots where host = $1 and closed_in = $2 limit 1', [to, transactionHash]);
		return { kind: rows.length > 0 ? 'potReturned' : 'won', orderId: null };
	};
}
