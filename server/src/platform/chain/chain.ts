import type { Address, Hex } from 'viem';

export interface Head {
	number: bigint;
	hash: Hex;
	/** Unix seconds. */
	timestamp: bigint;
}

export interface SubmittedReceipt {
	transactionHash: Hex;
	blockNumber: bigint;
	success: boolean;
	gasUsed: bigint;
	/** Revert data when it failed and could be found out. */
	revertData: Hex | null;
	contractAddress: Address | null;
	logs: { address: Address; topics: Hex[]; data: Hex; logIndex: number }[];
}

/** The executor: the embedded chain, or any EVM chain behind `RPC_URL`. Nobody else opens RPC. */
export interface Chain {
	readonly chainId: number;
	readonly embedded: boolean;
	/** Plain JSON-RPC. On the embedded chain only methods that change nothing, else a `Refusal`. */
	request<T = unknown>(method: string, params?: readonly unknown[]): Promise<T>;
	/**
	 * Sends a signed transaction and resolves with its receipt. Embedded: the journal is fsync'd before
	 * execution, and transactions that arrive together share a block.
	 */
	submit(rawTransaction: Hex): Promise<SubmittedReceipt>;
	head(): Promise<Head>;
	onBlock(listener: (head: Head) => void): () => void;
	/** Timestamp the next block would have, Unix seconds. */
	now(): number;
	/** Time travel, embedded chain only: later blocks are `seconds` further ahead; cuts an empty block. */
	advance(seconds: number): Promise<void>;
	close(): Promise<void>;
}
