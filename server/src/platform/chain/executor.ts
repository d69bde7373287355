import type { Hex } from 'viem';
import { openEdrThread } from './edr-thread.ts';
import type { BlockContent, Genesis } from './journal-record.ts';
import { RpcError } from './rpc-error.ts';

export interface ExecutedBlock {
	number: bigint;
	hash: Hex;
	timestamp: bigint;
	baseFeePerGas: bigint;
	gasUsed: bigint;
	transactions: Hex[];
}

/** An EVM that executes what it is told, deterministically, and remembers nothing across restarts. */
export interface Executor {
	request<T = unknown>(method: string, params?: readonly unknown[]): Promise<T>;
	/** Queues a signed transaction for the next block and returns its hash; throws `RpcError` when it could not be executed. */
	admit(rawTransaction: Hex): Promise<Hex>;
	/** Takes a queued transaction back. */
	drop(hash: Hex): Promise<void>;
	/** Executes everything queued as one block. Without `prevRandao` the block's own follows from those before it. */
	cut(timestamp: number, prevRandao: Hex | null): Promise<ExecutedBlock>;
	/** Admits and cuts block after block, without anybody's help in between: with many it goes on while this process is busy. Throws at the first thing that fails, and then nobody knows how far it came. */
	run(blocks: readonly BlockContent[]): Promise<ExecutedBlock[]>;
	/** Lets what is asked about the pending block see a clock of `timestamp` or later. */
	alignClock(timestamp: number): Promise<void>;
	head(): Promise<ExecutedBlock>;
	close(): Promise<void>;
}

/** One block may hold this much gas; one transaction at most `TRANSACTION_GAS_CAP` (EIP-7825, osaka). */
export const BLOCK_GAS_LIMIT = 1_000_000_000n;
export const TRANSACTION_GAS_CAP = 16_777_216n;

interface Question {
	method: string;
	params: readonly unknown[];
}

/** Opens an EVM; what it is asked before it is there waits for it. */
export function openEdr(genesis: Genesis): Executor {
	const edr = openEdrThread(genesis, { blockGas: BLOCK_GAS_LIMIT, transactionGas: TRANSACTION_GAS_CAP });
	let lastId = 0;
	const numbered = (question: Question) => ({ jsonrpc: '2.0', id: ++lastId, ...question });
	const answerTo = async (question: unknown): Promise<unknown> => {
		const answer = (await edr.ask(question)) as { result: unknown } | { error: { code: number; message: string; data?: unknown } };
		if ('error' in answer) throw new RpcError(answer.error.code, answer.error.message, answer.error.data);
		return answer.result;
	};
	const request = async <T>(method: string, params: readonly unknown[] = []) => (await answerTo(numbered({ method, params }))) as T;
	const head = async () => parseBlock(await request<RpcBlock>(LATEST.method, LATEST.params));
	return {
		request,
		head,
		admit: (raw) => request<Hex>('eth_sendRawTransaction', [raw]),
		async drop(hash) {
			await request('hardhat_dropTransaction', [hash]);
		},
		async cut(timestamp, prevRandao) {
			for (const { method, params } of cutting(timestamp, prevRandao)) await request(method, params);
			return await head();
		},
		async run(blocks) {
			const questions: Question[] = [];
			const ends = blocks.map(({ timestamp, prevRandao, transactions }) => {
				for (const raw of transactions) questions.push({ method: 'eth_sendRawTransaction', params: [raw] });
				return questions.push(...cutting(timestamp, prevRandao), LATEST) - 1;
			});
			const answers = (await answerTo(questions.map(numbered))) as unknown[];
			return ends.map((end) => parseBlock(answers[end] as RpcBlock));
		},
		async alignClock(timestamp) {
			const pending = await request<RpcBlock>('eth_getBlockByNumber', ['pending', false]);
			const behind = timestamp - Number(pending.timestamp);
			if (behind > 0) await request('evm_increaseTime', [behind]);
		},
		async close() {
			edr.close();
		},
	};
}

const LATEST: Question = { method: 'eth_getBlockByNumber', params: ['latest', false] };

const cutting = (timestamp: number, prevRandao: Hex | null): Question[] => [
	...(prevRandao === null ? [] : [{ method: 'hardhat_setPrevRandao', params: [prevRandao] }]),
	{ method: 'evm_setNextBlockTimestamp', params: [timestamp] },
	{ method: 'evm_mine', params: [] },
];

interface RpcBlock {
	number: Hex;
	hash: Hex;
	timestamp: Hex;
	baseFeePerGas?: Hex;
	gasUsed: Hex;
	transactions: Hex[];
}

function parseBlock(block: RpcBlock): ExecutedBlock {
	return {
		number: BigInt(block.number),
		hash: block.hash,
		timestamp: BigInt(block.timestamp),
		baseFeePerGas: BigInt(block.baseFeePerGas ?? 0),
		gasUsed: BigInt(block.gasUsed),
		transactions: block.transactions,
	};
}
