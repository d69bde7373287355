import { type Address, encodeAbiParameters, encodeFunctionData, erc20Abi, type Hex, zeroAddress } from 'viem';
import type { Call } from '../account/index.ts';
import { batchAbi } from '../generated/batch.ts';
import { orderBookAbi } from '../generated/order-book.ts';
import { tabsAbi } from '../generated/tabs.ts';
import type { MarketContracts } from '../platform/market-contracts.ts';

/** As `Tabs` bounds it; an end further away is refused. */
export const MAX_TAB_SECONDS = 30 * 86_400;
/** Between asking for the money back and having it: what is promised until then can still be paid. */
export const TAB_CLOSING_SECONDS = 600;

export interface OpenTab {
	account: Address;
	/** A key that has never served another tab. */
	key: Address;
	currency: Address;
	amount: bigint;
	/** Null: for any shop. */
	shopId: string | null;
	/** Unix seconds. */
	validUntil: number;
	operatorId: number;
	/** What the account has in the market; what is missing up to the amount is put in first. */
	balance: bigint;
}

const openTypes = [{ type: 'address' }, { type: 'uint64' }, { type: 'uint40' }, { type: 'uint24' }] as const;

/** Sets money of the account aside for a key, or adds to what the key has: same shop and operator, and no earlier end. */
export function openTabCalls({ tabs, orderBook }: Pick<MarketContracts, 'tabs' | 'orderBook'>, tab: OpenTab): Call[] {
	const { account, currency, amount, balance } = tab;
	const open: Call = {
		to: orderBook,
		data: encodeFunctionData({ abi: orderBookAbi, functionName: 'transferAndCall', args: [currency, tabs, amount, encodeOpenTab(tab)] }),
	};
	return [...payInCalls(orderBook, { account, currency, missing: amount > balance ? amount - balance : 0n }), open];
}

/** Puts what an account's balance lacks in: native coin, or a token that is approved first; nothing when nothing is missing. */
export function payInCalls(orderBook: Address, { account, currency, missing }: { account: Address; currency: Address; missing: bigint }): Call[] {
	if (missing === 0n) return [];
	const native = currency === zeroAddress;
	const approve: Call = { to: currency, data: encodeFunctionData({ abi: erc20Abi, functionName: 'approve', args: [orderBook, missing] }) };
	const deposit: Call = {
		to: orderBook,
		value: native ? missing : 0n,
		data: encodeFunctionData({ abi: orderBookAbi, functionName: 'deposit', args: [account, currency, missing] }),
	};
	return native ? [deposit] : [approve, deposit];
}

/** What `transferAndCall` tells the tabs' contract: whose key the money is for, where, and until when. */
export function encodeOpenTab({ key, shopId, validUntil, operatorId }: Pick<OpenTab, 'key' | 'shopId' | 'validUntil' | 'operatorId'>): Hex {
	return encodeAbiParameters(openTypes, [key, BigInt(shopId ?? 0), validUntil, operatorId]);
}

/** The account asks for its money back; it can be released ten minutes later. */
export function closeTabCall({ tabs }: Pick<MarketContracts, 'tabs'>, key: Address, currency: Address): Call {
	return { to: tabs, data: encodeFunctionData({ abi: tabsAbi, functionName: 'close', args: [key, currency] }) };
}

/** Gives what is left of a tab that is over back to its account. Anyone may. */
export function releaseTabCall({ tabs }: Pick<MarketContracts, 'tabs'>, account: Address, key: Address, currency: Address): Call {
	return { to: tabs, data: encodeFunctionData({ abi: tabsAbi, functionName: 'release', args: [account, key, currency] }) };
}

/** Several of them in one call; one that cannot be released does not hold up the others. */
export function releaseTabsCall(
	contracts: Pick<MarketContracts, 'tabs' | 'batch'>,
	tabs: readonly { account: Address; key: Address; currency: Address }[],
): Call {
	const calls = tabs.map(({ account, key, currency }) => {
		const { to, data } = releaseTabCall(contracts, account, key, currency);
		return { target: to, data };
	});
	return { to: contracts.batch, data: encodeFunctionData({ abi: batchAbi, functionName: 'runEach', args: [calls] }) };
}
