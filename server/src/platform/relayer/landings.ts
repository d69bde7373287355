import type { Relayed } from '@kaishi/protocol/account';
import { entryPointAbi } from '@kaishi/protocol/generated/entry-point';
import { type Address, encodeEventTopics, type Hex, numberToHex } from 'viem';
import type { Chain } from '../chain/chain.ts';
import type { Deployment } from '../chain/deployment.ts';
import { fetchReceipt } from '../chain/receipts.ts';
import { createdIn, ORDER_PLACED } from './created.ts';
import type { Inclusion, Log } from './dispatcher.ts';

/** What an intent came to on the chain, small enough to be remembered. */
export interface Landing {
	transactionHash: Hex;
	blockNumber: bigint;
	created: Relayed['created'];
}

/** Finds intents that are on the chain already: through another relayer, or before a restart. */
export interface Landings {
	of(inclusion: Inclusion): Landing;
	findOrder(orderId: Hex): Promise<Landing | null>;
	/** `logsOf` picks the operation's own among a transaction's; it throws the refusal of one that failed. */
	findUserOperation(hash: Hex, logsOf: (logs: readonly Log[]) => Log[]): Promise<Landing | null>;
}

/** A real node does not search its whole history for one log. */
const SEARCHED_BLOCKS = 9_000n;
const [USER_OPERATION_EVENT] = encodeEventTopics({ abi: entryPointAbi, eventName: 'UserOperationEvent' });

export function createLandings(chain: Chain, deployment: Deployment): Landings {
	const { contracts } = deployment;
	const of = ({ transactionHash, blockNumber, logs }: Inclusion): Landing => ({ transactionHash, blockNumber, created: createdIn(logs, contracts) });
	const searchFrom = async () => {
		const start = BigInt(deployment.startBlock);
		if (chain.embedded) return start;
		const recent = (await chain.head()).number - SEARCHED_BLOCKS;
		return recent > start ? recent : start;
	};
	const find = async (address: Address, topic: Hex, id: Hex, logsOf: (logs: readonly Log[]) => Log[]): Promise<Landing | null> => {
		const filter = { address, topics: [[topic], [id]], fromBlock: numberToHex(await searchFrom()), toBlock: 'latest' };
		const [log] = await chain.request<{ transactionHash: Hex }[]>('eth_getLogs', [filter]);
		const receipt = log && (await fetchReceipt((method, params) => chain.request(method, params), log.transactionHash));
		return receipt ? of({ transactionHash: receipt.transactionHash, blockNumber: receipt.blockNumber, logs: logsOf(receipt.logs) }) : null;
	};
	return {
		of,
		findOrder: (orderId) => find(contracts.orderBook, ORDER_PLACED, orderId, (logs) => logs.filter((log) => log.topics[1] === orderId)),
		findUserOperation: (hash, logsOf) => find(contracts.entryPoint, USER_OPERATION_EVENT, hash, logsOf),
	};
}
