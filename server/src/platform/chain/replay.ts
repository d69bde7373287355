import type { Address, Hex } from 'viem';
import type { ExecutedBlock, Executor } from './executor.ts';
import type { BlockContent, Genesis, JournalRecord } from './journal-record.ts';

/** Thrown when the journal and what the EVM makes of it differ: going on would fork the market's history. */
export class ReplayError extends Error {
	override name = 'ReplayError';
}

/** Folds a journal into a running executor, checking every block's hash against what was recorded after it. */
export class Replay {
	readonly #start: (genesis: Genesis) => Promise<Executor>;
	readonly #own: readonly Address[];
	executor: Executor | null = null;
	genesis: Genesis | null = null;
	#head: ExecutedBlock | null = null;
	#offsetSeconds = 0;

	/** @param own Addresses of the keys at hand; the chain must have begun with them. */
	constructor(start: (genesis: Genesis) => Promise<Executor>, own: readonly Address[]) {
		this.#start = start;
		this.#own = own;
	}

	async apply(record: JournalRecord, isLast: boolean): Promise<'keep' | 'drop'> {
		if (record.kind === 'clock') {
			this.#offsetSeconds = record.offsetSeconds;
			return 'keep';
		}
		if (record.kind === 'genesis') {
			if (this.genesis !== null) throw new ReplayError('the journal begins twice');
			this.#requireKeys(record);
			this.genesis = record;
			this.executor = await this.#start(record);
			this.#head = await this.executor.head();
			return 'keep';
		}
		return await this.#applyBlock(record, isLast);
	}

	result(): { executor: Executor; genesis: Genesis; head: ExecutedBlock; offsetSeconds: number } {
		if (this.executor === null || this.genesis === null || this.#head === null) throw new ReplayError('the journal has no beginning');
		return { executor: this.executor, genesis: this.genesis, head: this.#head, offsetSeconds: this.#offsetSeconds };
	}

	#requireKeys(genesis: Genesis) {
		const missing = genesis.accounts.map((account) => account.address).filter((address, i) => address.toLowerCase() !== this.#own[i]?.toLowerCase());
		if (missing.length > 0) throw new ReplayError(`the chain in this data directory began with other keys: those of ${missing.join(', ')} are not in keys/`);
	}

	async #applyBlock(record: Extract<JournalRecord, { kind: 'block' }>, isLast: boolean): Promise<'keep' | 'drop'> {
		const { executor, head } = this.result();
		if (record.number !== head.number + 1n || record.parentHash !== head.hash) {
			throw new ReplayError(`block ${head.number} replays to ${head.hash}, but the journal knows it as ${record.parentHash} (before block ${record.number})`);
		}
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
