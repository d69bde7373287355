import type { GuardView, StaffView } from '@kaishi/protocol/shop';
import type { Address } from 'viem';
import type { ShopRow, StaffRow } from './query.ts';

const moneyOf = (amounts: Record<string, string>) => Object.entries(amounts).map(([currency, amount]) => ({ currency: currency as Address, amount }));

export function toGuardView({ cold, caps, proposal }: Pick<ShopRow, 'cold' | 'caps' | 'proposal'>): GuardView | null {
	if (cold === null) return null;
	return { cold: cold as Address, caps: moneyOf(caps), proposal: proposal as GuardView['proposal'] };
}

/** As `leftOf` in Treasury.sol: a limit may have been lowered below what was taken already. */
export function toStaffView({ account, roles, limits, taken }: StaffRow): StaffView {
	return {
		address: account as Address,
		roles,
		limits: moneyOf(limits)
			.filter(({ amount }) => amount !== '0')
			.map((limit) => {
				const left = BigInt(limit.amount) - BigInt(taken[limit.currency] ?? 0);
				return { ...limit, left: (left > 0n ? left : 0n).toString() };
			}),
	};
}
