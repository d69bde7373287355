import { forwarderDomain, forwardRequestTypes } from '@kaishi/protocol/account';
import type { MarketInfo } from '@kaishi/protocol/discovery';
import { batchAbi } from '@kaishi/protocol/generated/batch';
import { forwarderAbi } from '@kaishi/protocol/generated/forwarder';
import { orderBookAbi } from '@kaishi/protocol/generated/order-book';
import { testTokenAbi } from '@kaishi/protocol/generated/test-token';
import { chunks, type SpawnedMarket } from '@kaishi/testkit';
import { type Address, encodeAbiParameters, encodeFunctionData, type Hex, hashTypedData, hexToBytes, maxUint256, zeroAddress } from 'viem';
import { signDigest } from '../../server/src/platform/crypto/secp256k1.ts';
import type { Buyer } from './buyers.ts';

type Market = Pick<SpawnedMarket, 'ask'>;

/** What fits into one call of the operator. */
const DEPOSITS_TOGETHER = 50;
const OPENINGS_TOGETHER = 15;
const OPENING_GAS = 220_000n;
/** Calls of the operator under way at once. */
const AT_ONCE = 8;

/** Gives each account `amount` inside the market, out of newly made test money: a thousand in a few seconds. */
export async function fillBalances(market: Market, info: MarketInfo, currency: Address, accounts: readonly Address[], amount: bigint): Promise<void> {
	const { batch, orderBook } = info.contracts;
	const operate = (to: Address, data: Hex) => market.ask.operate(to, data);
	// What passes through the batch contract is anybody's: fine where nobody else is.
	const total = amount * BigInt(accounts.length);
	await operate(currency, encodeFunctionData({ abi: testTokenAbi, functionName: 'mint', args: [batch, total] }));
	const run = (calls: { target: Address; data: Hex }[]) => operate(batch, encodeFunctionData({ abi: batchAbi, functionName: 'run', args: [calls] }));
	await run([{ target: currency, data: encodeFunctionData({ abi: testTokenAbi, functionName: 'approve', args: [orderBook, maxUint256] }) }]);
	const deposit = (account: Address) => ({
		target: orderBook,
		data: encodeFunctionData({ abi: orderBookAbi, functionName: 'deposit', args: [account, currency, amount] }),
	});
	await eachOf(chunks([...accounts], DEPOSITS_TOGETHER), (group) => run(group.map(deposit)));
}

export interface TabTerms {
	currency: Address;
	amount: bigint;
	operatorId: number;
	/** Unix seconds. */
	validUntil: number;
}

/** Opens a tab for each buyer's key out of the buyer's balance: signed by the buyers, carried together. */
export async function openTabs(market: Market, info: MarketInfo, buyers: readonly Buyer[], terms: TabTerms): Promise<void> {
	const open = (group: readonly Buyer[]) => {
		const requests = group.map((buyer) => signOpening(info, buyer, terms));
		const data = encodeFunctionData({ abi: forwarderAbi, functionName: 'executeBatch', args: [requests, zeroAddress] });
		return market.ask.operate(info.contracts.forwarder, data);
	};
	await eachOf(chunks([...buyers], OPENINGS_TOGETHER), open);
}

function signOpening(info: MarketInfo, buyer: Buyer, { currency, amount, operatorId, validUntil }: TabTerms) {
	const { forwarder, orderBook, tabs } = info.contracts;
	const opening = encodeAbiParameters(
		[{ type: 'address' }, { type: 'uint64' }, { type: 'uint40' }, { type: 'uint24' }],
		[buyer.tabKey.address, 0n, validUntil, operatorId],
	);
	const request = {
		from: buyer.address,
		to: orderBook,
		value: 0n,
		gas: OPENING_GAS,
		deadline: validUntil,
		data: encodeFunctionData({ abi: orderBookAbi, functionName: 'transferAndCall', args: [currency, tabs, amount, opening] }),
	};
	const digest = hashTypedData({
		domain: forwarderDomain(info.chainId, forwarder),
		types: forwardRequestTypes,
		primaryType: 'ForwardRequest',
		// the first thing that this account does
		message: { ...request, nonce: 0n },
	});
	return { ...request, signature: signDigest(hexToBytes(buyer.privateKey), digest) };
}

async function eachOf<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
	const queue = [...items];
	const worker = async () => {
		for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
	};
	await Promise.all(Array.from({ length: AT_ONCE }, worker));
}
