import type { Call } from '@kaishi/protocol/account';
import type { MarketInfo } from '@kaishi/protocol/discovery';
import { accountAbi } from '@kaishi/protocol/generated/account';
import { orderBookAbi } from '@kaishi/protocol/generated/order-book';
import { type Address, encodeFunctionData, erc20Abi, type Hex, zeroAddress } from 'viem';

// What a person asks of the chain for their own account. Loads the chain library, so it is imported when somebody is about to sign.

/** The account lets in a further signer; it may then do everything the account may. */
export function addSigner(account: Address, signer: Hex): Call {
	return { to: account, data: encodeFunctionData({ abi: accountAbi, functionName: 'addSigners', args: [[signer]] }) };
}

/** The account trusts this key no longer. Its last one it keeps. */
export function removeSigner(account: Address, signer: Hex): Call {
	return { to: account, data: encodeFunctionData({ abi: accountAbi, functionName: 'removeSigners', args: [[signer]] }) };
}

/** Pays the caller's balance inside the market out. */
export function withdraw({ contracts }: Pick<MarketInfo, 'contracts'>, currency: Address, amount: bigint, to: Address): Call {
	return { to: contracts.orderBook, data: encodeFunctionData({ abi: orderBookAbi, functionName: 'withdraw', args: [currency, amount, to] }) };
}

/** Sends what the account itself holds. Only contract accounts can be asked that way. */
export function transfer(currency: Address, amount: bigint, to: Address): Call {
	if (currency === zeroAddress) return { to, value: amount, data: '0x' };
	return { to: currency, data: encodeFunctionData({ abi: erc20Abi, functionName: 'transfer', args: [to, amount] }) };
}
