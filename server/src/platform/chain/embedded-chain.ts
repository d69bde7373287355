import { setImmediate, setTimeout } from 'node:timers/promises';
import { Refusal } from '@kaishi/protocol/platform/errors';
import type { Hex } from 'viem';
import { type BegunReplay, beginReplay } from './begin-replay.ts';
import { BlockProducer, type Waiting } from './block-producer.ts';
import type { Chain, Head, SubmittedReceipt } from './chain.ts';
import type { Executor } from './executor.ts';
import type { Journal, JournalFile } from './journal.ts';
import type { Genesis, JournalRecord } from './journal-record.ts';
import type { OperatorKeys } from './keys.ts';
import { isReadMethod } from './read-methods.ts';
import { type Replay, ReplayError } from './replay.ts';
import { checkTransaction } from './transaction-check.ts';

export interface EmbeddedChainOptions {
	dataDir: string;
	/** Funded in the genesis. */
	keys: OperatorKeys;
	/** Longest wait before a block is cut under load, milliseconds. */
	blockMs: number;
	chainId?: number;
	/** A new chain starts this far from the wall clock; negative: in the past. Seconds. */
	startOffsetSeconds?: number;
	/** Of `dataDir`, where it was begun before. */
	begun?: BegunReplay;
	/** Unix milliseconds; tests bring their own. */
	clock?: () => number;
	/** Where the journal is kept; tests bring a full disk. */
	openFile?: (path: string) => Promise<JournalFile>;
}

/** A backlog longer than this is refused rather than promised. */
const MAX_WAITING = 20_000;

/** The chain inside this process: a journal on disk and an EVM in memory. */
class EmbeddedChain implements Chain {
	readonly embedded = true;
	readonly chainId: number;
	readonly #executor: Executor;
	readonly #producer: BlockProducer;
	readonly #blockMs: number;
	readonly #listeners: Set<(head: Head) => void>;
	readonly #shut: () => Promise<void>;
	#waiting: Waiting[] = [];
	#cutting: Promise<void> | null = null;
	#closed = false;

	constructor(parts: {
		chainId: number;
		executor: Executor;
		producer: BlockProducer;
		blockMs: number;
		listeners: Set<(head: Head) => void>;
		shut: () => Promise<void>;
	}) {
		this.chainId = parts.chainId;
		this.#executor = parts.executor;
		this.#producer = parts.producer;
		this.#blockMs = parts.blockMs;
		this.#listeners = parts.listeners;
		this.#shut = parts.shut;
	}

	now(): number {
		return this.#producer.now();
	}

	async head(): Promise<Head> {
		return this.#producer.head;
	}

	onBlock(listener: (head: Head) => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	async request<T = unknown>(method: string, params: readonly unknown[] = []): Promise<T> {
		this.#requireOpen();
		if (method === 'eth_sendRawTransaction') return (await this.submit(params[0] as Hex)).transactionHash as T;
		if (!isReadMethod(method)) throw new Refusal('Chain_MethodNotAllowed', 'forbidden', { method });
		return await this.#executor.request<T>(method, params);
	}

	submit(rawTransaction: Hex): Promise<SubmittedReceipt> {
		return new Promise((resolve, reject) => this.#enqueue({ tx: checkTransaction(rawTransaction, this.chainId), resolve, reject }));
	}

	async advance(seconds: number): Promise<void> {
		this.#requireOpen();
		if (!Number.isSafeInteger(seconds) || seconds < 0 || seconds > 100 * 365 * 86_400)
			throw new Refusal('Chain_InvalidAdvance', 'invalid', { seconds: String(seconds) });
		await this.#producer.advance(seconds);
	}

	async close(): Promise<void> {
		if (this.#closed) return;
		this.#closed = true;
		await this.#cutting;
		for (const one of this.#waiting.splice(0)) one.reject(new Refusal('Chain_Closed', 'unavailable'));
		await this.#producer.settle();
		await this.#shut();
	}

	#enqueue(one: Waiting) {
		if (this.#closed) one.reject(new Refusal('Chain_Closed', 'unavailable'));
		else if (this.#waiting.length >= MAX_WAITING) one.reject(new Refusal('Chain_Busy', 'unavailable'));
		else {
			this.#waiting.push(one);
			this.#startCutting();
		}
	}

	#startCutting() {
		if (this.#cutting !== null) return;
		this.#cutting = this.#cutWhileWaiting().finally(() => {
			this.#cutting = null;
			if (this.#waiting.length > 0 && !this.#closed) this.#startCutting();
		});
	}

	/** The first block at once; while more keeps arriving, with pauses in which it gathers. */
	async #cutWhileWaiting() {
		await setImmediate();
		while (this.#waiting.length > 0 && !this.#closed) {
			const started = performance.now();
			const batch = this.#waiting.splice(0);
			const later = await this.#producer.produce(batch);
			this.#waiting.unshift(...later);
			// Gathering longer than a few times a block's own cost would only add latency.
			const pause = Math.min(this.#blockMs, 5 * (performance.now() - started));
			if (this.#waiting.length > 0) await setTimeout(pause);
		}
	}

	#requireOpen() {
		if (this.#closed) throw new Refusal('Chain_Closed', 'unavailable');
	}
}

/**
 * Replays the journal in `dataDir/chain`, or starts a new chain there. Throws `DataLockedError` when another process
 * uses the directory, `ReplayError` when the replay differs from what was, `JournalDamagedError` when it is damaged.
 */
export async function openEmbeddedChain(options: EmbeddedChainOptions): Promise<Chain> {
	const clock = options.clock ?? Date.now;
	const begun = options.begun ?? beginReplay(options.dataDir, options.openFile);
	try {
		const { journal, replay } = await begun.done;
		if (replay.genesis === null) await begin(journal, replay, options, clock);
		const { executor, genesis, head, offsetSeconds } = replay.result();
		requireKeys(genesis, options.keys);
		const listeners = new Set<(head: Head) => void>();
		const onBlock = (at: Head) => {
			// Apart from the block's own turn: a listener's mistake must not look like a block that failed.
			for (const listener of listeners) queueMicrotask(() => listener(at));
		};
		const producer = new BlockProducer({ executor, journal, head, offsetSeconds, clock, onBlock });
		await executor.alignClock(producer.now());
		return new EmbeddedChain({ chainId: genesis.chainId, executor, producer, blockMs: options.blockMs, listeners, shut: () => begun.leave() });
	} catch (error) {
		await begun.leave();
		throw error;
	}
}

/** The chain must have begun with the keys at hand: nobody else could go on with it. */
function requireKeys({ accounts }: Genesis, { operator, arbitrator }: OperatorKeys) {
	const own = [operator.account.address.toLowerCase(), arbitrator.account.address.toLowerCase()];
	const missing = accounts.map(({ address }) => address).filter((address, i) => address.toLowerCase() !== own[i]);
	if (missing.length > 0) throw new ReplayError(`the chain in this data directory began with other keys: those of ${missing.join(', ')} are not in keys/`);
}

async function begin(journal: Journal, replay: Replay, options: EmbeddedChainOptions, clock: () => number): Promise<void> {
	const offsetSeconds = options.startOffsetSeconds ?? 0;
	const { operator, arbitrator } = options.keys;
	const records: JournalRecord[] = [
		{
			kind: 'genesis',
			chainId: options.chainId ?? 31_337,
			timestamp: Math.floor(clock() / 1000) + offsetSeconds,
			accounts: [
				{ address: operator.account.address, balance: 10n ** 25n },
				{ address: arbitrator.account.address, balance: 10n ** 21n },
			],
		},
		{ kind: 'clock', offsetSeconds },
	];
	for (const [i, record] of records.entries()) {
		await journal.append(record);
		await replay.apply(record, i === records.length - 1);
	}
}
