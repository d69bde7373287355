import { type Address, concat, encodeAbiParameters, type Hex, keccak256, zeroHash } from 'viem';
import type { PrivateKeyAccount } from 'viem/accounts';
import { HOUR, type Market } from './market.ts';
import type { Order } from './orders.ts';
import { call } from './passkey.ts';

export interface Payee {
	account: Address;
	amount: bigint;
}

export interface TabState {
	account: Address;
	key: Address;
	token: Address;
	epoch: number;
	version: bigint;
	spent: bigint;
	payees: Hex;
	purchases: Hex;
	closing: boolean;
}

const tabStateTypes = {
	TabState: [
		{ name: 'account', type: 'address' },
		{ name: 'key', type: 'address' },
		{ name: 'token', type: 'address' },
		{ name: 'epoch', type: 'uint24' },
		{ name: 'version', type: 'uint64' },
		{ name: 'spent', type: 'uint128' },
		{ name: 'payees', type: 'bytes32' },
		{ name: 'purchases', type: 'bytes32' },
		{ name: 'closing', type: 'bool' },
	],
} as const;
const payeesType = [{ type: 'tuple[]', components: [{ type: 'address' }, { type: 'uint128' }] }] as const;
export const openingTypes = [{ type: 'address' }, { type: 'uint64' }, { type: 'uint40' }, { type: 'uint24' }] as const;

/** Sets money of `account` aside for `key`, of any shop, for an hour. */
export async function openTab(market: Market, account: Address, key: Address, amount: bigint, operatorId = 1) {
	const validUntil = (await market.chain.now()) + HOUR;
	const opening = encodeAbiParameters(openingTypes, [key, 0n, validUntil, operatorId]);
	return market.chain.write(account, market.orderBook, 'transferAndCall', [market.token.address, market.tabs.address, amount, opening]);
}

const tabOpeningTypes = {
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

/** What an account signs to have such a tab opened. */
export async function tabOpening(market: Market, account: Address, key: Address, amount: bigint, operatorId = 1) {
	const validUntil = (await market.chain.now()) + HOUR;
	const message = { account, key, token: market.token.address, amount, shopId: 0n, validUntil, operatorId };
	return { domain: market.domain, types: tabOpeningTypes, primaryType: 'TabOpening', message } as const;
}

export function tabState(market: Market, account: Address, key: Address, payees: Payee[], change: Partial<TabState> = {}): TabState {
	const spent = payees.reduce((sum, { amount }) => sum + amount, 0n);
	const hash = keccak256(encodeAbiParameters(payeesType, [payees.map((payee) => [payee.account, payee.amount] as const)]));
	const token = market.token.address;
	return { account, key, token, epoch: 0, version: 1n, spent, payees: hash, purchases: keccak256(zeroHash), closing: false, ...change };
}

export function signTabState(market: Market, signer: PrivateKeyAccount, message: TabState): Promise<Hex> {
	const domain = { name: 'Kaishi Tabs', version: '1', chainId: 31337, verifyingContract: market.tabs.address } as const;
	return signer.signTypedData({ domain, types: tabStateTypes, primaryType: 'TabState', message });
}

/** A call of `Batch.runEach` that places an order which a tab's key signed. */
export async function placeFromTab(market: Market, key: PrivateKeyAccount, order: Order) {
	const signature = concat([key.address, await market.signOrder(key, order)]);
	const { to, data } = call(market.orderBook, 'placeOrders', [[order], [signature]]);
	return { target: to, data };
}
