import type { GuardView } from '@kaishi/protocol/shop';
import type { Address } from 'viem';
import type { TokenAmount } from './calls.ts';

/** `lower`: only caps go down, which needs no waiting. `same`: nothing would change. */
export type GuardChange = { kind: 'same' | 'set' } | { kind: 'lower'; lowered: TokenAmount[] };

/** What it takes to get from the guard in force to the one that was typed. */
export function guardChange(present: Pick<GuardView, 'cold' | 'caps'> | null, cold: Address, caps: readonly TokenAmount[]): GuardChange {
	if (present === null || present.cold.toLowerCase() !== cold.toLowerCase()) return { kind: 'set' };
	const wanted = new Map(caps.map(({ token, amount }) => [token.toLowerCase(), amount]));
	const now = new Map(present.caps.map(({ currency, amount }) => [currency.toLowerCase(), BigInt(amount)]));
	for (const [token, amount] of wanted) if (amount > (now.get(token) ?? 0n)) return { kind: 'set' };
	const lowered = present.caps.flatMap(({ currency, amount }) => {
		const cap = wanted.get(currency.toLowerCase()) ?? 0n;
		return cap < BigInt(amount) ? [{ token: currency, amount: cap }] : [];
	});
	return lowered.length === 0 ? { kind: 'same' } : { kind: 'lower', lowered };
}
