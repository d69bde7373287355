import { randomBytes } from 'node:crypto';
import { Refusal } from '@kaishi/protocol/platform/errors';
import { type Address, bytesToHex, type Hex } from 'viem';
import { type SenderState, selectForBlock } from './block-selection.ts';
import type { Head, SubmittedReceipt } from './chain.ts';
import { BLOCK_GAS_LIMIT, type ExecutedBlock, type Executor } from './executor.ts';
import type { Journal } from './journal.ts';
import { fetchReceipt } from './receipts.ts';
import { executeBlock } from './replay.ts';
import { type CheckedTransaction, nextBaseFee } from './transaction-check.ts';

/** A transaction and whoever waits for its receipt. */
export interface Waiting {
	tx: CheckedTransaction;
	resolve(receipt: SubmittedReceipt): void;
	reject(reason: unknown): void;
}

interface Parts {
	executor: Executor;
	journal: Journal;
	head: ExecutedBlock;
	offsetSeconds: number;
	/** Unix milliseconds. */
	clock: () => number;
	onBlock: (head: Head) => void;
}

/** Turns waiting transactions into journaled, executed blocks, one at a time. */
export class BlockProducer {
	readonly #parts: Parts;
	#head: ExecutedBlock;
	#offsetSeconds: number;
	#turn: Promise<unknown> = Promise.resolve();

	constructor(parts: Parts) {
		this.#parts = parts;
		this.#head = parts.head;
		this.#offsetSeconds = parts.offsetSeconds;
	}

	get head(): Head {
		return { number: this.#head.number, hash: this.#head.hash, timestamp: this.#head.timestamp };
	}

	/** Unix seconds the next block gets; never behind the last one, also when the machine's clock was set back. */
	now(): number {
		return Math.max(Number(this.#head.timestamp), Math.floor(this.#parts.clock() / 1000) + this.#offsetSeconds);
	}

	/** Answers everyone in `waiting`, except those returned: they belong into a later block. */
	produce(waiting: readonly Waiting[]): Promise<Waiting[]> {
		return this.#exclusively(async () => {
			try {
				return await this.#produce(waiting);
			} catch (error) {
				for (const one of waiting) one.reject(error);
				return [];
			}
		});
	}

	/** Moves the clock and cuts an empty block, or changes nothing. */
	advance(seconds: number): Promise<void> {
		return this.#exclusively(async () => {
			const offsetSeconds = this.#offsetSeconds + seconds;
			await this.#parts.journal.append({ kind: 'clock', offsetSeconds });
			this.#offsetSeconds = offsetSeconds;
			await this.#commit([], []);
		});
	}

	/** Resolves when no block is in the making. */
	async settle(): Promise<void> {
		await this.#turn;
	}

	async #produce(waiting: readonly Waiting[]): Promise<Waiting[]> {
		const limits = { gas: BLOCK_GAS_LIMIT, baseFee: nextBaseFee(this.#head, BLOCK_GAS_LIMIT) };
		const selection = await selectForBlock(waiting, limits, (sender) => this.#stateOf(sender));
		const inThisBlock = new Set(selection.chosen.map((one) => one.tx.hash));
		const later = [...selection.later];
		for (const { item, refusal } of selection.refused) {
			// The same transaction twice: its second bearer gets the first one's receipt.
			if (inThisBlock.has(item.tx.hash)) later.push(item);
			else await this.#refuse(item, refusal);
		}
		const admitted = await this.#admit(selection.chosen);
		if (admitted.length > 0) await this.#include(admitted);
		return later;
	}

	async #refuse(item: Waiting, refusal: Refusal): Promise<void> {
		const known = refusal.code === 'Chain_NonceUsed' ? await fetchReceipt(this.#parts.executor.request, item.tx.hash) : null;
		if (known === null) item.reject(refusal);
		else item.resolve(known);
	}

	/** The EVM's own opinion, before anything is written down. What follows a refused transaction of the same sender goes with it. */
	async #admit(chosen: readonly Waiting[]): Promise<Waiting[]> {
		const admitted: Waiting[] = [];
		const stopped = new Set<Address>();
		for (const one of chosen) {
			try {
				if (stopped.has(one.tx.from)) throw new Refusal('Chain_NonceGap', 'conflict', { nonce: String(one.tx.nonce) });
				await this.#parts.executor.admit(one.tx.raw);
				admitted.push(one);
			} catch (cause) {
				stopped.add(one.tx.from);
				one.reject(cause instanceof Refusal ? cause : new Refusal('Chain_MalformedTransaction', 'invalid', {}, { cause }));
			}
		}
		return admitted;
	}

	async #include(admitted: readonly Waiting[]): Promise<void> {
		let block: ExecutedBlock;
		try {
			block = await this.#commit(
				admitted.map((one) => one.tx.raw),
				admitted.map((one) => one.tx.hash),
			);
		} catch (error) {
			for (const one of admitted) one.reject(error);
			return;
		}
		const included = new Set(block.transactions);
		await Promise.all(
			admitted.map(async (one) => {
				const receipt = included.has(one.tx.hash) ? await fetchReceipt(this.#parts.executor.request, one.tx.hash) : null;
				if (receipt === null) one.reject(new Refusal('Chain_NotIncluded', 'unavailable', { hash: one.tx.hash }));
				else one.resolve(receipt);
			}),
		);
	}

	/** Journal first, on the disk; then execution. When either fails neither has happened. */
	async #commit(transactions: Hex[], hashes: Hex[]): Promise<ExecutedBlock> {
		const { executor, journal } = this.#parts;
		const content = { timestamp: this.now(), prevRandao: bytesToHex(randomBytes(32)), transactions };
		try {
			await journal.append({ kind: 'block', number: this.#head.number + 1n, parentHash: this.#head.hash, ...content });
		} catch (error) {
			for (const hash of hashes) await executor.drop(hash);
			throw error;
		}
		try {
			this.#head = await executeBlock(executor, content, hashes);
		} catch (cause) {
			await journal.dropLast();
			throw new Refusal('Chain_NotIncluded', 'unavailable', {}, { cause });
		}
		this.#parts.onBlock(this.head);
		return this.#head;
	}

	async #stateOf(sender: Address): Promise<SenderState> {
		const { request } = this.#parts.executor;
		const [nonce, balance] = await Promise.all([
			request<Hex>('eth_getTransactionCount', [sender, 'latest']),
			request<Hex>('eth_getBalance', [sender, 'latest']),
		]);
		return { nonce: Number(nonce), balance: BigInt(balance) };
	}

	#exclusively<T>(work: () => Promise<T>): Promise<T> {
		const result = this.#turn.then(work);
		this.#turn = result.catch(() => undefined);
		return result;
	}
}
