import { type Address, encodeFunctionData, erc20Abi, zeroAddress } from 'viem';
import { orderBookAbi } from '../generated/order-book.ts';
import { sessionsAbi } from '../generated/sessions.ts';
import type { MarketContracts } from '../platform/market-contracts.ts';
import type { Money } from '../platform/money.ts';
import type { Proof } from '../platform/proof.ts';
import type { Call } from './user-operation.ts';

/** What a key may still spend on orders of an account. */
export interface SpendingKeyView {
	key: Address;
	limit: Money;
	left: Money;
	/** Null: in any shop. */
	shopId: string | null;
	validUntil: number;
	proof: Proof;
}

interface OpenSession {
	account: Address;
	key: Address;
	currency: Address;
	limit: bigint;
	/** Null: in any shop. */
	shopId: string | null;
	validUntil: number;
	/** What the account has in the market; what is missing up to the limit is set aside with it. */
	balance: bigint;
}

/** Sets the money aside in the account's own balance and lets the key order with it. The money stays the account's. */
export function openSessionCalls({ sessions, orderBook }: Pick<MarketContracts, 'sessions' | 'orderBook'>, session: OpenSession): Call[] {
	const { account, key, currency, limit, balance } = session;
	const missing = limit > balance ? limit - balance : 0n;
	const deposit: Call = {
		to: orderBook,
		value: currency === zeroAddress ? missing : 0n,
		data: encodeFunctionData({ abi: orderBookAbi, functionName: 'deposit', args: [account, currency, missing] }),
	};
	const approve: Call = { to: currency, data: encodeFunctionData({ abi: erc20Abi, functionName: 'approve', args: [orderBook, missing] }) };
	const open = encodeFunctionData({
		abi: sessionsAbi,
		functionName: 'open',
		args: [key, currency, limit, BigInt(session.shopId ?? 0), session.validUntil],
	});
	return [...(missing === 0n ? [] : currency === zeroAddress ? [deposit] : [approve, deposit]), { to: sessions, data: open }];
}

export function revokeSessionCall({ sessions }: Pick<MarketContracts, 'sessions'>, key: Address, currency: Address): Call {
	return { to: sessions, data: encodeFunctionData({ abi: sessionsAbi, functionName: 'revoke', args: [key, currency] }) };
}
