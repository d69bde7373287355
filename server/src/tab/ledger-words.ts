import { type Address, isAddressEqual } from 'viem';
import type { ExplainTransfer } from '../order/public.ts';

/** What a movement inside the vault was for, when money was set aside or came back; else null. */
export function createTabWords(tabs: Address): ExplainTransfer {
	return async (_, { args: { from, to } }) => (isAddressEqual(from, tabs) || isAddressEqual(to, tabs) ? { kind: 'tab', orderId: null } : null);
}
