import * as v from 'valibot';
import type { Address } from 'viem';
import { orderBookDomain } from '../order/index.ts';
import { address } from '../platform/chain-values.ts';
import type { OpenTab } from './calls.ts';
import { small, uint } from './wire.ts';

/** What an account signs to have a new tab opened, see ITabs.sol. Good once: a key serves one tab. */
export interface TabOpening {
	account: Address;
	/** A key that has never served another tab. */
	key: Address;
	token: Address;
	amount: bigint;
	/** 0: of any shop. */
	shopId: bigint;
	/** Unix seconds. */
	validUntil: number;
	operatorId: number;
}

/** EIP-712 type that the account signs. */
export const tabOpeningTypes = {
	TabOpening: [
		{ name: 'account', type: 'address' },
		{ name: 'key', type: 'address' },
		{ name: 'token', type: 'address' },
		{ name: 'amount', type: 'uint128' },
		{ name: 'shopId', type: 'uint64' },
		{ name: 'validUntil', type: 'uint40' },
		{ name: 'operatorId', type: 'uint24' },
	],
} as const;

/** POST /api/tabs/openings: the opening as JSON, integers above 2^53 as decimal strings, and the account's signature. */
export const tabOpeningWire = v.strictObject({
	account: address,
	key: address,
	token: address,
	amount: uint(96),
	shopId: uint(64),
	validUntil: small(2 ** 40 - 1),
	operatorId: small(0xffffff),
});
export type TabOpeningWire = v.InferInput<typeof tabOpeningWire>;

export const tabOpeningToWire = (opening: TabOpening): TabOpeningWire => ({
	...opening,
	amount: opening.amount.toString(),
	shopId: opening.shopId.toString(),
});

export function tabOpeningOf({ account, key, currency, amount, shopId, validUntil, operatorId }: Omit<OpenTab, 'balance'>): TabOpening {
	return { account, key, token: currency, amount, shopId: BigInt(shopId ?? 0), validUntil, operatorId };
}

/** For the account to sign and the order book to check. */
export function tabOpeningStatement(opening: TabOpening, chainId: number, orderBook: Address) {
	return { domain: orderBookDomain(chainId, orderBook), types: tabOpeningTypes, primaryType: 'TabOpening', message: { ...opening } } as const;
}
