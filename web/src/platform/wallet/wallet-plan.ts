import type { Currency } from '@kaishi/protocol/platform/money';
import type { Address } from 'viem';
import type { Balances } from './order-calls.ts';

// How a wallet pays for a cart with as few questions as its protocol allows. Kept apart from the chain library, so that
// the page can say beforehand how many there will be.

const NATIVE = '0x0000000000000000000000000000000000000000';

export interface WalletPayment {
	currency: Address;
	total: bigint;
}

/** Each order is signed once: `signed` is paid from balance or allowance, `authorized` by the signature itself (ERC-3009). */
export type Consent = 'signed' | 'authorized';

export interface WalletPlan {
	/** One question for everything: the wallet sends all calls as one (EIP-5792). */
	together: boolean;
	/** Allowances asked for first, one question each. */
	approvals: { currency: Address; amount: bigint }[];
	/** Native coin that is paid into the market first, one question. */
	deposit: bigint;
	/** By order. */
	consents: Consent[];
	/** How often the wallet will ask. */
	questions: number;
}

export function planWalletPayment(payments: readonly WalletPayment[], balances: Balances, currencies: readonly Currency[], together: boolean): WalletPlan {
	if (together) return { together, approvals: [], deposit: 0n, consents: [], questions: 1 };
	const left = new Map(balances);
	const approvals = new Map<Address, bigint>();
	let deposit = 0n;
	const consents = payments.map(({ currency, total }): Consent => {
		const key = currency.toLowerCase();
		const have = left.get(key) ?? 0n;
		if (have >= total) {
			left.set(key, have - total);
			return 'signed';
		}
		if (currencies.find((one) => one.address.toLowerCase() === key)?.authorization) return 'authorized';
		left.set(key, 0n);
		if (key === NATIVE) deposit += total - have;
		else approvals.set(currency, (approvals.get(currency) ?? 0n) + total - have);
		return 'signed';
	});
	// Coin for a single order goes along with it.
	const alone = payments.length === 1 && deposit > 0n;
	return {
		together,
		approvals: [...approvals].map(([currency, amount]) => ({ currency, amount })),
		deposit,
		consents,
		questions: alone ? 1 : payments.length + approvals.size + (deposit > 0n ? 1 : 0),
	};
}
