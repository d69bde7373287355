import { type Address, isAddressEqual } from 'viem';
import type { ExplainTransfer } from '../order/public.ts';

/** What a movement inside the vault was for, when an operator's bond was posted, given back, or paid for a broken word; else null. */
export function createOperatorWords(operators: Address): ExplainTransfer {
	return async (_, { args: { from, to } }) => {
		if (isAddressEqual(to, operators)) return { kind: 'bond', orderId: null };
		if (!isAddressEqual(from, operators)) return null;
		return { kind: 'compensation', orderId: null };
	};
}
