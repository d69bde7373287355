import type { Hex } from 'viem';
import type { ExecutedBlock, Executor } from './executor.ts';
import type { BlockContent, Genesis, JournalRecord } from './journal-record.ts';

/** Thrown when the journal and what the EVM makes of it differ: going on would fork the market's history. */
export class ReplayError extends Error {
	override name = 'ReplayError';
}

/** Thrown when blocks that ran ahead did not become what they were; replayed one by one they say why, or that nothing is wrong. */
export class HastyReplayError extends Error {
	override name = 'HastyReplayError';
}

type BlockRecord = Extract<JournalRecord, { kind: 'block' }>;

/** So much is handed over at a time, which keeps the EVM at work for half a second while this thread does something else. */
const MOST_BLOCKS = 512;
const MOST_CHARACTERS = 1 << 22;

/**
 * Folds a journal into a running executor, checking every block's hash against what was recorded after it. `hasty`: many blocks
 * at a time, which goes on beside whatever else this process does; throws `HastyReplayError` when one does not fit.
 */
export class Replay {
	readonly #start: (genesis: Genesis) => Executor;
	readonly #hasty: boolean;
	/** Called when the first blocks run. */
	readonly #onUnderway: () => void;
	executor: Executor | null = null;
	genesis: Genesis | null = null;
	#head: ExecutedBlock | null = null;
	#offsetSeconds = 0;
	#gathered: BlockRecord[] = [];
	#characters = 0;
	#before: Promise<void> = Promise.resolve();
	#running: Promise<void> = Promise.resolve();

	constructor(start: (genesis: Genesis) => Executor, { hasty = false, onUnderway = () => {} } = {}) {
		this.#start = start;
		this.#hasty = hasty;
		this.#onUnderway = onUnderway;
	}

	async apply(record: JournalRecord, isLast: boolean): Promise<'keep' | 'drop'> {
		if (isLast || !this.#hasty) await this.#catchUp();
		if (record.kind === 'clock') {
			this.#offsetSeconds = record.offsetSeconds;
			return 'keep';
		}
		if (record.kind === 'genesis') {
			if (this.genesis !== null) throw new ReplayError('the journal begins twice');
			this.genesis = record;
			this.executor = this.#start(record);
			this.#running = this.executor.head().then((head) => {
				this.#head = head;
			});
			this.#running.catch(() => undefined);
			if (isLast) await this.#running;
			return 'keep';
		}
		if (isLast || !this.#hasty) return await this.#applyBlock(record, isLast);
		await this.#gather(record);
		return 'keep';
	}

	result(): { executor: Executor; genesis: Genesis; head: ExecutedBlock; offsetSeconds: number } {
		if (this.executor === null || this.genesis === null || this.#head === null) throw new ReplayError('the journal has no beginning');
		return { executor: this.executor, genesis: this.genesis, head: this.#head, offsetSeconds: this.#offsetSeconds };
	}

	async #gather(record: BlockRecord): Promise<void> {
		this.#gathered.push(record);
		this.#characters += record.transactions.reduce((sum, { length }) => sum + length, 0);
		if (this.#gathered.length >= MOST_BLOCKS || this.#characters >= MOST_CHARACTERS) await this.#handOver();
	}

	/** While some run, the next wait behind them already, and those after are read. */
	async #handOver(): Promise<void> {
		const blocks = this.#gathered.splice(0);
		this.#characters = 0;
		await this.#before;
		this.#before = this.#running;
		this.#running = this.#runAhead(blocks, this.#running);
		this.#onUnderway();
		// Told to whoever comes next.
		this.#running.catch(() => undefined);
	}

	async #catchUp(): Promise<void> {
		if (this.#gathered.length > 0) await this.#handOver();
		await this.#running;
	}

	async #runAhead(blocks: readonly BlockRecord[], before: Promise<void>): Promise<void> {
		try {
			if (this.executor === null) throw new ReplayError('the journal has no beginning');
			const [executed] = await Promise.all([this.executor.run(blocks), before]);
			for (const [i, record] of blocks.entries()) {
				this.#requireNext(record);
				const block = executed[i];
				if (block?.transactions.length !== record.transactions.length) throw new ReplayError(`not all of block ${record.number} fits in`);
				this.#head = block;
			}
		} catch (cause) {
			throw new HastyReplayError('replayed in haste, the journal does not fit', { cause });
		}
	}

	#requireNext({ number, parentHash }: BlockRecord): void {
		const { head } = this.result();
		if (number !== head.number + 1n || parentHash !== head.hash)
			throw new ReplayError(`block ${head.number} replays to ${head.hash}, but the journal knows it as ${parentHash} (before block ${number})`);
	}

	async #applyBlock(record: BlockRecord, isLast: boolean): Promise<'keep' | 'drop'> {
		const { executor } = this.result();
		this.#requireNext(record);
		const executed = await executeBlock(executor, record).catch((cause: unknown) => {
			// The process ended between writing and taking back what the EVM refused: nobody was told of it.
			if (isLast) return null;
			throw new ReplayError(`block ${record.number} cannot be executed`, { cause });
		});
		if (executed === null) return 'drop';
		this.#head = executed;
		return 'keep';
	}
}

/** Executes a block and forgets what did not fit in, alike when it is cut and when it is replayed. */
export async function executeBlock(
	executor: Executor,
	{ timestamp, prevRandao, transactions }: BlockContent,
	admitted: readonly Hex[] | null = null,
): Promise<ExecutedBlock> {
	const hashes: Hex[] = [...(admitted ?? [])];
	try {
		if (admitted === null) for (const raw of transactions) hashes.push(await executor.admit(raw));
		const block = await executor.cut(timestamp, prevRandao);
		for (const hash of hashes) if (!block.transactions.includes(hash)) await executor.drop(hash);
		return block;
	} catch (error) {
		for (const hash of hashes) await executor.drop(hash);
		throw error;
	}
}
