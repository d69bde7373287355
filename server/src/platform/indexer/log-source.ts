import { type Address, type Hex, hexToBigInt, hexToNumber, numberToHex } from 'viem';
import type { Chain } from '../chain/chain.ts';

export interface BlockRef {
	number: bigint;
	hash: Hex;
	parentHash: Hex;
	/** Unix seconds. */
	timestamp: number;
}

export interface RawLog {
	address: Address;
	topics: Hex[];
	data: Hex;
	blockNumber: bigint;
	blockHash: Hex;
	transactionHash: Hex;
	logIndex: number;
}

/** Where the indexer reads blocks and logs from. */
export interface LogSource {
	head(): Promise<BlockRef>;
	/** Null when the chain has no such block (any more). */
	block(number: bigint): Promise<BlockRef | null>;
	/** Logs of the given contracts, both ends included, in chain order. */
	logs(from: bigint, to: bigint, addresses: readonly Address[]): Promise<RawLog[]>;
	/** The newest block that no reorganisation can take back. */
	finalized(head: BlockRef): Promise<bigint>;
}

interface RpcBlock {
	number: Hex;
	hash: Hex;
	parentHash: Hex;
	timestamp: Hex;
}
interface RpcLog {
	address: Address;
	topics: Hex[];
	data: Hex;
	blockNumber: Hex;
	blockHash: Hex;
	transactionHash: Hex;
	logIndex: Hex;
}

/** Where a chain names no finalized block, this many confirmations count as final. */
const CONFIRMATIONS = 64n;

export function chainLogSource(chain: Chain): LogSource {
	const block = async (tag: string) => {
		const found = await chain.request<RpcBlock | null>('eth_getBlockByNumber', [tag, false]);
		return found && toBlockRef(found);
	};
	return {
		async head() {
			const head = await block('latest');
			if (!head) throw new Error('the chain has no latest block');
			return head;
		},
		block: (number) => block(numberToHex(number)),
		async logs(from, to, addresses) {
			const logs = await chain.request<RpcLog[]>('eth_getLogs', [{ fromBlock: numberToHex(from), toBlock: numberToHex(to), address: addresses }]);
			return logs.map(toRawLog);
		},
		async finalized(head) {
			// The journal is written before execution: the embedded chain never takes a block back.
			if (chain.embedded) return head.number;
			const final = await block('finalized').catch(() => null);
			return final?.number ?? (head.number > CONFIRMATIONS ? head.number - CONFIRMATIONS : 0n);
		},
	};
}

function toBlockRef(block: RpcBlock): BlockRef {
	return { number: hexToBigInt(block.number), hash: block.hash, parentHash: block.parentHash, timestamp: hexToNumber(block.timestamp) };
}

function toRawLog(log: RpcLog): RawLog {
	const { address, topics, data, blockHash, transactionHash } = log;
	return { address, topics, data, blockHash, transactionHash, blockNumber: hexToBigInt(log.blockNumber), logIndex: hexToNumber(log.logIndex) };
}
