import type { MarketInfo } from '@kaishi/protocol/discovery';
import { catalogAbi } from '@kaishi/protocol/generated/catalog';
import { operatorsAbi } from '@kaishi/protocol/generated/operators';
import { orderBookAbi } from '@kaishi/protocol/generated/order-book';
import { tabsAbi } from '@kaishi/protocol/generated/tabs';
import { orderStates } from '@kaishi/protocol/order';
import { shopAccountOf } from '@kaishi/protocol/shop';
import { chunks, type MarketCommands } from '@kaishi/testkit';
import { type Address, createPublicClient, custom, decodeEventLog, encodeEventTopics, type Hex, numberToHex, type PublicClient } from 'viem';
import type { Buyer } from '../world/buyers.ts';
import type { Offer } from '../world/offers.ts';

export interface PlacedOnChain {
	orderId: Hex;
	offerId: bigint;
	buyer: Address;
	quantity: bigint;
	total: bigint;
	blockNumber: bigint;
	/** Name of its state now. */
	state: string;
}

/** What the chain itself says, asked without any table of ours. */
export interface ChainTruth {
	head: bigint;
	/** Orders of the race's offers since its first block. */
	placed: PlacedOnChain[];
	/** Units left by offer. */
	left: Map<bigint, bigint>;
	/** What each buyer has inside the market: balance, and what is left on the tab. */
	buyers: Map<Address, { balance: bigint; tab: bigint }>;
	/** Sellers' balances by shop. */
	shops: Map<bigint, bigint>;
	/** What all tabs together hold. */
	tabsBalance: bigint;
	/** What the vault owes everybody. */
	owed: bigint;
	/** Whose receipts count. */
	operator: { id: number; signer: Address } | null;
}

export interface Scope {
	info: MarketInfo;
	currency: Address;
	offers: readonly Offer[];
	buyers: readonly Buyer[];
	/** Orders before this block are not the race's. */
	fromBlock: bigint;
}

/** Questions put into one call: they travel as code of at most 48 kB, and the answers as code of at most 24 kB. */
const TOGETHER = 60;
const LOG_BLOCKS = 5000n;

export async function readChain(ask: Pick<MarketCommands, 'chain'>, scope: Scope): Promise<ChainTruth> {
	const { info, currency, offers, buyers } = scope;
	const client = createPublicClient({ transport: custom({ request: ({ method, params }) => ask.chain(method, params ?? []) }) });
	const book = { address: info.contracts.orderBook, abi: orderBookAbi } as const;
	const balance = (account: Address) => ({ ...book, functionName: 'balanceOf', args: [account, currency] }) as const;
	const tab = ({ address, tabKey }: Buyer) =>
		({ address: info.contracts.tabs, abi: tabsAbi, functionName: 'tabOf', args: [address, tabKey.address, currency] }) as const;
	const many = <T>(contracts: readonly unknown[]) => askMany<T>(client, contracts);

	const balances = await many<bigint>(buyers.map(({ address }) => balance(address)));
	const tabs = await many<readonly [bigint, number, bigint, number, number]>(buyers.map(tab));
	const stocks = await many<readonly [Hex, bigint, number]>(
		offers.map(({ offerId }) => ({ address: info.contracts.catalog, abi: catalogAbi, functionName: 'offerOf', args: [offerId] })),
	);
	const shops = await many<bigint>(offers.map(({ shopId }) => balance(shopAccountOf(shopId))));
	const [tabsBalance = 0n, owed = 0n] = await many<bigint>([balance(info.contracts.tabs), { ...book, functionName: 'owed', args: [currency] }]);
	return {
		head: await client.getBlockNumber({ cacheTime: 0 }),
		placed: await readPlaced(client, scope, many),
		left: new Map(offers.map(({ offerId }, i) => [offerId, BigInt(stocks[i]?.[1] ?? 0)])),
		buyers: new Map(buyers.map(({ address }, i) => [address, { balance: balances[i] ?? 0n, tab: tabs[i]?.[0] ?? 0n }])),
		shops: new Map(offers.map(({ shopId }, i) => [shopId, shops[i] ?? 0n])),
		tabsBalance,
		owed,
		operator: await readOperator(info, many),
	};
}

async function askMany<T>(client: PublicClient, contracts: readonly unknown[]): Promise<T[]> {
	const answers: T[] = [];
	// Through code that stands nowhere: the market has no contract for asking many things at once.
	for (const group of chunks([...contracts], TOGETHER))
		answers.push(...((await client.multicall({ contracts: group as never, allowFailure: false, deployless: true, batchSize: 0 })) as T[]));
	return answers;
}

async function readPlaced(
	client: PublicClient,
	{ info, offers, fromBlock }: Scope,
	many: <T>(contracts: readonly unknown[]) => Promise<T[]>,
): Promise<PlacedOnChain[]> {
	const wanted = new Set(offers.map(({ offerId }) => offerId));
	const topics = encodeEventTopics({ abi: orderBookAbi, eventName: 'OrderPlaced' });
	const head = await client.getBlockNumber({ cacheTime: 0 });
	const placed: Omit<PlacedOnChain, 'state'>[] = [];
	for (let from = fromBlock; from <= head; from += LOG_BLOCKS) {
		const to = from + LOG_BLOCKS - 1n < head ? from + LOG_BLOCKS - 1n : head;
		const filter = { address: info.contracts.orderBook, topics, fromBlock: numberToHex(from), toBlock: numberToHex(to) };
		const logs = (await client.request({ method: 'eth_getLogs', params: [filter as never] })) as { topics: [Hex, ...Hex[]]; data: Hex; blockNumber: Hex }[];
		for (const log of logs) {
			const { args } = decodeEventLog({ abi: orderBookAbi, eventName: 'OrderPlaced', topics: log.topics, data: log.data });
			const { orderId, offerId, buyer, quantity, total } = args;
			if (wanted.has(offerId)) placed.push({ orderId, offerId, buyer, quantity, total, blockNumber: BigInt(log.blockNumber) });
		}
	}
	const states = await many<readonly [number, number, number]>(
		placed.map(({ orderId }) => ({ address: info.contracts.orderBook, abi: orderBookAbi, functionName: 'stateOf', args: [orderId] })),
	);
	return placed.map((order, i) => ({ ...order, state: orderStates[states[i]?.[0] ?? 0] ?? 'unknown' }));
}

async function readOperator({ operator, contracts }: MarketInfo, many: <T>(contracts: readonly unknown[]) => Promise<T[]>): Promise<ChainTruth['operator']> {
	if (operator === null) return null;
	const [signer] = await many<Address>([{ address: contracts.operators, abi: operatorsAbi, functionName: 'signerOf', args: [operator.id] }]);
	return signer === undefined ? null : { id: operator.id, signer };
}
