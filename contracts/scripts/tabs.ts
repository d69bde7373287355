import { type Address, concat, type Hex, keccak256, zeroHash } from 'viem';
import type { PrivateKeyAccount } from 'viem/accounts';
import { encodeOpenTab, type Payee, payeesHash, type TabState, tabOpeningStatement, tabStateDigest } from '../../protocol/src/tab/index.ts';
import { HOUR, type Market } from './market.ts';
import type { Order } from './orders.ts';
import { call } from './passkey.ts';

/** Sets money of `account` aside for `key`, of any shop, for an hour. */
export async function openTab(market: Market, account: Address, key: Address, amount: bigint, operatorId = 1) {
	const validUntil = (await market.chain.now()) + HOUR;
	const opening = encodeOpenTab({ key, shopId: null, validUntil, operatorId });
	return market.chain.write(account, market.orderBook, 'transferAndCall', [market.token.address, market.tabs.address, amount, opening]);
}

/** What an account signs to have such a tab opened. */
export async function tabOpening(market: Market, account: Address, key: Address, amount: bigint, operatorId = 1) {
	const validUntil = (await market.chain.now()) + HOUR;
	const message = { account, key, token: market.token.address, amount, shopId: 0n, validUntil, operatorId };
	return tabOpeningStatement(message, market.domain.chainId, market.orderBook.address);
}

export function tabState(market: Market, account: Address, key: Address, payees: Payee[], change: Partial<TabState> = {}): TabState {
	const spent = payees.reduce((sum, { amount }) => sum + amount, 0n);
	const token = market.token.address;
	return { account, key, token, epoch: 0, version: 1n, spent, payees: payeesHash(payees), purchases: keccak256(zeroHash), closing: false, ...change };
}

export function signTabState(market: Market, signer: PrivateKeyAccount, state: TabState): Promise<Hex> {
	return signer.sign({ hash: tabStateDigest(state, market.domain.chainId, market.tabs.address) });
}

/** A call of `Batch.runEach` that places an order which a tab's key signed. */
export async function placeFromTab(market: Market, key: PrivateKeyAccount, order: Order) {
	const signature = concat([key.address, await market.signOrder(key, order)]);
	const { to, data } = call(market.orderBook, 'placeOrders', [[order], [signature]]);
	return { target: to, data };
}
