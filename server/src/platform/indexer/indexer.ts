import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ServerMessage } from '@kaishi/protocol/platform/socket';
import type { Database, Queryable } from '../db/database.ts';
import { quoteTable } from '../db/quote.ts';
import { applyRange, ProjectionError } from './apply-range.ts';
import { createDecoder, type DecodeLog, type IndexedContract } from './decode-log.ts';
import type { LogSource } from './log-source.ts';
import { announce, type News } from './news.ts';
import type { Projection } from './projection.ts';
import { type Range, readRange } from './read-range.ts';
import { forgetUpTo, installUndo, undoAbove } from './undo-log.ts';

export interface IndexerOptions {
	db: Database;
	source: LogSource;
	contracts: readonly IndexedContract[];
	/** In the order of their domains' levels: a later one may read what an earlier one has just written. */
	projections: readonly Projection[];
	/** The first block that can hold our events. */
	startBlock?: bigint;
	/** False while another server folds the chain into the same tables: then this one only looks how far they are. Default: true. */
	leads?: () => boolean;
	/** Told of every failed try, and of the one that ends it. */
	onError?: (error: unknown, fatal: boolean) => void;
}

interface Cursor {
	number: bigint;
	hash: string;
}
interface Waiter {
	block: bigint;
	resolve(): void;
	reject(error: unknown): void;
}

const MAX_RANGE = 2000n;
/** Beyond this many logs the next range is halved: a row that is updated often within one transaction gets slower each time. */
const MANY_LOGS = 600;
const RETRY_MS = [50, 200, 1000, 3000];
/** Serialises writers when several servers share a database. */
const LOCK = 0x696e6478;

/** Folds the chain into tables: `block` applies, `finalize` forgets how to undo, `reorg` undoes. */
export class Indexer {
	readonly tables: readonly string[];
	readonly id = randomUUID();
	#options: IndexerOptions;
	#decode: DecodeLog;
	#cursor: bigint | null = null;
	#rangeSize = 4n;
	#waiters: Waiter[] = [];
	#listeners = new Set<(news: News) => void>();
	#running: Promise<void> | null = null;
	#again = false;
	#closed = false;
	#failure: unknown = null;

	constructor(options: IndexerOptions) {
		this.#options = options;
		this.#decode = createDecoder(options.contracts);
		this.tables = options.projections.flatMap((projection) => projection.tables);
	}

	/** The newest block whose events are in the tables; null before the first. */
	get cursor(): bigint | null {
		return this.#cursor;
	}

	/** Why it stopped for good; null while it works. */
	get failure(): unknown {
		return this.#failure;
	}

	/** Prepares the undo log and, if it leads, catches up with the chain. */
	async start(): Promise<void> {
		await this.#options.db.transaction(async (db) => {
			await db.query(`select pg_advisory_xact_lock(${LOCK})`);
			await installUndo(db, this.tables);
		});
		this.#cursor = (await this.#readCursor(this.#options.db))?.number ?? null;
		if (this.#leads()) await this.processAll();
	}

	/** Says that there may be a new block. */
	poke(): void {
		if (this.#closed || this.#failure) return;
		if (this.#running) this.#again = true;
		else this.#running = this.#run();
	}

	/** Resolves when the tables contain `block`; rejects when the indexer has stopped. */
	waitForProjection(block: bigint): Promise<void> {
		if (this.#cursor !== null && this.#cursor >= block) return Promise.resolve();
		if (this.#failure) return Promise.reject(this.#failure);
		if (this.#closed) return Promise.reject(new Error('the indexer is closed'));
		const waiting = new Promise<void>((resolve, reject) => this.#waiters.push({ block, resolve, reject }));
		this.poke();
		return waiting;
	}

	/** Resolves when the tables contain everything the chain holds now, on the branch it is on now. */
	async processAll(): Promise<void> {
		if (!this.#leads()) return await this.waitForProjection((await this.#options.source.head()).number);
		this.poke();
		await this.#running;
		if (this.#failure) throw this.#failure;
		if (this.#closed) throw new Error('the indexer is closed');
	}

	/** Forgets every derived row and folds the chain again from its start. */
	async reindex(): Promise<void> {
		await this.#options.db.transaction(async (db) => {
			await db.query(`select pg_advisory_xact_lock(${LOCK})`);
			await this.#forgetAll(db);
		});
		this.#cursor = null;
		await this.processAll();
	}

	onNews(listener: (news: News) => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	/** News from another process that indexes into the same database. */
	hear(news: News): void {
		if (news.from === this.id) return;
		const block = BigInt(news.block);
		if (this.#cursor === null || block > this.#cursor) this.#advance(block);
		this.#tell(news);
	}

	async close(): Promise<void> {
		this.#closed = true;
		await this.#running;
		for (const waiter of this.#waiters.splice(0)) waiter.reject(new Error('the indexer is closed'));
	}

	async #run(): Promise<void> {
		// Begins in a later turn, so that `#running` is set before any of it happens.
		await Promise.resolve();
		let failures = 0;
		while (!this.#closed) {
			try {
				this.#again = false;
				const more = await this.#step();
				failures = 0;
				if (!more && !this.#again) break;
			} catch (error) {
				if (error instanceof ProjectionError) {
					this.#fail(error);
					break;
				}
				this.#options.onError?.(error, false);
				await sleep(RETRY_MS[Math.min(failures++, RETRY_MS.length - 1)]);
			}
		}
		this.#running = null;
	}

	#fail(error: unknown): void {
		this.#failure = error;
		this.#options.onError?.(error, true);
		for (const waiter of this.#waiters.splice(0)) waiter.reject(error);
	}

	/** One unit of work; true when more is waiting. */
	async #step(): Promise<boolean> {
		const { source, db, contracts, startBlock = 0n } = this.#options;
		if (!this.#leads()) return await this.#look();
		const head = await source.head();
		const cursor = await this.#readCursor(db);
		if (cursor) {
			if (cursor.number === head.number && cursor.hash === head.hash) {
				this.#advance(cursor.number);
				return false;
			}
			const same = cursor.number <= head.number && (await source.block(cursor.number))?.hash === cursor.hash;
			if (!same) {
				await this.#reorganise(cursor);
				return true;
			}
		}
		const from = cursor ? cursor.number + 1n : startBlock;
		if (from > head.number) return false;
		const addresses = contracts.map((contract) => contract.address);
		const read = await readRange({ source, decode: this.#decode, addresses, from, cursor, head, size: this.#rangeSize });
		if (read === null) {
			await sleep(5);
			return true;
		}
		this.#fitRange(read.logs);
		await this.#commit(cursor, read.range);
		return read.range.to.number < head.number;
	}

	#leads(): boolean {
		return this.#options.leads?.() ?? true;
	}

	/** How far the leader is; news that got lost on the way are found here. */
	async #look(): Promise<false> {
		const cursor = await this.#readCursor(this.#options.db);
		if (cursor) this.#advance(cursor.number);
		return false;
	}

	async #commit(cursor: Cursor | null, range: Range): Promise<void> {
		const news = await this.#options.db.transaction(async (db) => {
			// What is lost in a crash of the database is lost together with the cursor, and read from the chain again.
			await db.query('set local synchronous_commit = off');
			await db.query(`select pg_advisory_xact_lock(${LOCK})`);
			const now = await this.#readCursor(db);
			// Another server has been here: its rows are the same.
			if (now?.hash !== cursor?.hash) return null;
			const messages = await applyRange(db, this.#options.projections, range);
			await forgetUpTo(db, range.finalized);
			return announce(db, { from: this.id, block: range.to.number.toString(), messages });
		});
		if (news === null) return;
		this.#advance(range.to.number);
		this.#tell(news);
	}

	/** Goes back to the newest block that we and the chain share, or to the beginning when there is none. */
	async #reorganise(cursor: Cursor): Promise<void> {
		const { db, source, projections } = this.#options;
		const { rows } = await db.query<{ number: number; hash: string; topics: string[] }>('select number, hash, topics from indexer.blocks order by number desc');
		const gone: typeof rows = [];
		let ancestor: (typeof rows)[number] | null = null;
		for (const row of rows) {
			if ((await source.block(BigInt(row.number)))?.hash === row.hash) {
				ancestor = row;
				break;
			}
			gone.push(row);
		}
		const news = await db.transaction(async (tx) => {
			await tx.query(`select pg_advisory_xact_lock(${LOCK})`);
			if ((await this.#readCursor(tx))?.hash !== cursor.hash) return null;
			if (ancestor === null) await this.#forgetAll(tx);
			else {
				await undoAbove(tx, BigInt(ancestor.number));
				await tx.query('delete from indexer.blocks where number > $1', [ancestor.number]);
				await tx.query('update indexer.cursor set number = $1, hash = $2', [ancestor.number, ancestor.hash]);
			}
			const block = String(ancestor?.number ?? 0);
			const topics = new Set(gone.flatMap((row) => row.topics));
			const messages: ServerMessage[] = [...topics].map((topic) => ({ topic, block, event: 'Reorganised' }));
			return projections.length > 0 ? announce(tx, { from: this.id, block, messages }) : null;
		});
		this.#cursor = ancestor === null ? null : BigInt(ancestor.number);
		if (news) this.#tell(news);
	}

	async #forgetAll(db: Queryable): Promise<void> {
		const all = [...this.tables, 'indexer.cursor', 'indexer.blocks', 'indexer.undo'].map(quoteTable);
		await db.query(`truncate ${all.join(', ')}`);
	}

	async #readCursor(db: Queryable): Promise<Cursor | null> {
		const { rows } = await db.query<{ number: number; hash: string }>('select number, hash from indexer.cursor');
		return rows[0] ? { number: BigInt(rows[0].number), hash: rows[0].hash } : null;
	}

	#fitRange(logs: number): void {
		if (logs > MANY_LOGS) this.#rangeSize = this.#rangeSize / 2n || 1n;
		else if (logs < MANY_LOGS / 4 && this.#rangeSize < MAX_RANGE) this.#rangeSize *= 2n;
	}

	#advance(block: bigint): void {
		this.#cursor = block;
		const ready = this.#waiters.filter((waiter) => waiter.block <= block);
		this.#waiters = this.#waiters.filter((waiter) => waiter.block > block);
		for (const waiter of ready) waiter.resolve();
	}

	#tell(news: News): void {
		for (const listener of this.#listeners) listener(news);
	}
}
