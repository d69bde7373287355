import type { LedgerEntry } from '@kaishi/protocol/order';
import { type Address, type Hex, isAddressEqual } from 'viem';
import type { Queryable } from '../platform/db/database.ts';
import type { ChainEvent } from '../platform/indexer/projection.ts';

/** Where the court's money stands. */
export interface CourtAccounts {
	court: Address;
	jury: Address;
	insurance: Address;
}

export interface Explained {
	kind: LedgerEntry['kind'];
	orderId: Hex | null;
}

/** What a movement inside the vault was for, when the court, its jury or its insurance is one of its ends; else null. */
export function createTransferWords({ court, jury, insurance }: CourtAccounts) {
	return async (db: Queryable, event: ChainEvent<{ from: Address; to: Address }>): Promise<Explained | null> => {
		const { from, to } = event.args;
		const touches = (account: Address) => isAddressEqual(from, account) || isAddressEqual(to, account);
		if (touches(jury)) return { kind: 'stake', orderId: null };
		if (isAddressEqual(to, court) && !isAddressEqual(from, insurance)) return { kind: 'appeal', orderId: null };
		if (isAddressEqual(from, court)) {
			// The court says first what it pays for.
			const { rows } = await db.query<{ kind: LedgerEntry['kind']; order_id: Hex }>(
				'select kind, order_id from dispute.payments where transaction_hash = $1 and account = $2 and log_index < $3 order by log_index desc limit 1',
				[event.transactionHash, to, event.logIndex],
			);
			if (rows[0]) return { kind: rows[0].kind, orderId: rows[0].order_id };
		}
		return touches(insurance) || touches(court) ? { kind: 'insurance', orderId: null } : null;
	};
}
