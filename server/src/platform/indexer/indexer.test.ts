import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Queryable } from '../db/database.ts';
import type { OpenDatabase } from '../db/open-database.ts';
import { createTestDatabase } from '../db/test-database.ts';
import { ProjectionError } from './apply-range.ts';
import { fingerprintTables } from './fingerprint.ts';
import { Indexer, type IndexerOptions } from './indexer.ts';
import type { News } from './news.ts';
import { listenForNews } from './news.ts';
import { indexerMigrations } from './schema.ts';
import { type Act, ForkingChain, foldingProjection, SHELF, shelfAbi, shelfMigrations, shelfProjection } from './test-forking-chain.ts';

const migrations = [...indexerMigrations, ...shelfMigrations];
let anchor: OpenDatabase;
let db: OpenDatabase;
const opened: { close(): Promise<void> }[] = [];

beforeAll(async () => {
	// Keeps the server running between tests.
	anchor = await createTestDatabase(migrations);
});
afterAll(() => anchor.close());
beforeEach(async () => {
	db = await createTestDatabase(migrations);
	return async () => {
		for (const one of opened.splice(0)) await one.close();
		await db.close();
	};
});

async function openIndexer(source: ForkingChain, more: Partial<IndexerOptions> = {}): Promise<Indexer> {
	const indexer = new Indexer({ db, source, contracts: [{ name: 'Shelf', address: SHELF, abi: shelfAbi }], projections: [shelfProjection], ...more });
	opened.push(indexer);
	await indexer.start();
	return indexer;
}

async function rows(): Promise<Record<string, number>> {
	const found = await db.query<{ key: number; value: number }>('select key, value from test.rows');
	return Object.fromEntries(found.rows.map((row) => [row.key, row.value]));
}

describe('block', () => {
	test('default: applies what is there and what comes', async () => {
		const chain = new ForkingChain(5);
		chain.grow([
			{ put: 1, value: 5 },
			{ put: 2, value: 7 },
		]);
		const indexer = await openIndexer(chain);
		chain.grow([{ clear: 1 }, { put: 2, value: 1 }]);
		await indexer.waitForProjection(2n);
		expect(await rows()).toEqual({ 2: 8 });
		expect(indexer.cursor).toBe(2n);
	});

	test('behavior: nothing is applied twice, whoever asks how often, also after a restart', async () => {
		const chain = new ForkingChain(5);
		for (let i = 0; i < 20; i++) chain.grow([{ put: i % 3, value: 1 }]);
		const first = await openIndexer(chain);
		await Promise.all([first.processAll(), first.processAll(), openIndexer(chain), openIndexer(chain)]);
		chain.grow([{ put: 1, value: 1 }]);
		await (await openIndexer(chain)).processAll();
		expect(await rows()).toEqual(chain.expected());
	});

	test('behavior: unknown and undecodable logs are passed over', async () => {
		const chain = new ForkingChain(5);
		chain.grow([{ junk: true }, { put: 1, value: 1 }, { junk: true }]);
		await openIndexer(chain);
		expect(await rows()).toEqual({ 1: 1 });
	});

	test('behavior: a dead node and a lost database are waited for', async () => {
		const chain = new ForkingChain(5);
		const onError = vi.fn();
		const indexer = await openIndexer(chain, { onError });
		chain.grow([{ put: 1, value: 1 }]);
		chain.failures = 2;
		await indexer.waitForProjection(1n);
		expect(onError).toHaveBeenCalledTimes(2);
		chain.grow([{ put: 1, value: 1 }]);
		let cut: Promise<unknown> = Promise.resolve();
		chain.onRequest = () => {
			chain.onRequest = null;
			cut = anchor.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [db.connection.database]);
		};
		await Promise.all([indexer.waitForProjection(2n), cut]);
		await vi.waitFor(async () => expect(await rows()).toEqual({ 1: 2 }));
		expect(indexer.failure).toBeNull();
	});

	test('error: a handler that cannot go on stops it, names the event, and leaves the tables at the block before', async () => {
		const chain = new ForkingChain(5);
		const onError = vi.fn();
		const indexer = await openIndexer(chain, { onError });
		chain.grow([{ put: 1, value: 1 }]);
		await indexer.processAll();
		chain.grow([{ put: 1, value: 1 }, { broken: 9 }]);
		await expect(indexer.waitForProjection(2n)).rejects.toThrow(/test cannot project Shelf.Broken \(block 2, log 1\): Error: does not add up/);
		expect(onError.mock.lastCall?.[0]).toBeInstanceOf(ProjectionError);
		expect(indexer.failure).toBeInstanceOf(ProjectionError);
		await expect(indexer.waitForProjection(2n)).rejects.toThrow(ProjectionError);
		expect(await rows()).toEqual({ 1: 1 });
	});

	test('behavior: many at a time, in few statements, with the same news', async () => {
		const acts = Array.from({ length: 200 }, (_, i): Act => (i === 120 ? { clear: 3 } : { put: i % 7, value: 1 }));
		const [news, statements] = [[] as string[][], [] as number[]];
		for (const way of [shelfProjection, foldingProjection]) {
			const chain = new ForkingChain(0);
			let count = 0;
			const counting = {
				...db,
				transaction: <T>(work: (tx: Queryable) => Promise<T>) =>
					db.transaction((tx) =>
						work({
							query(sql, params) {
								count++;
								return tx.query(sql, params);
							},
						}),
					),
			};
			const indexer = await openIndexer(chain, { projections: [way], db: counting });
			await indexer.reindex();
			const heard: string[] = [];
			indexer.onNews(({ messages }) => heard.push(...messages.map((message) => `${message.topic} ${message.event}`)));
			count = 0;
			chain.grow(acts);
			await indexer.processAll();
			news.push(heard);
			statements.push(count);
			expect(await rows()).toEqual(chain.expected());
			await indexer.close();
		}
		expect(news[1]).toEqual(news[0]);
		expect(statements[0]).toBeGreaterThan(390);
		expect(statements[1]).toBeLessThan(15);
	});

	test('error: a fold that cannot go on names the first of its events and how many came with it', async () => {
		const chain = new ForkingChain(5);
		const failing = { ...foldingProjection, folds: { 'Shelf.Put': { apply: () => Promise.reject(new Error('does not add up')) } } };
		const indexer = await openIndexer(chain, { projections: [failing] });
		chain.grow([{ clear: 1 }, { put: 1, value: 1 }, { put: 2, value: 1 }, { put: 3, value: 1 }]);
		await expect(indexer.waitForProjection(1n)).rejects.toThrow(
			/test cannot project Shelf.Put \(block 1, log 1 or one of the 2 after it\): Error: does not add up/,
		);
		expect(await rows()).toEqual({});
	});

	test('behavior: news name each topic once, here and in other processes', async () => {
		const chain = new ForkingChain(5);
		const indexer = await openIndexer(chain);
		const [here, elsewhere]: [News[], News[]] = [[], []];
		indexer.onNews((news) => here.push(news));
		const stop = listenForNews(db.connection, (news) => elsewhere.push(news));
		await vi.waitFor(async () => expect((await db.query(`select 1 from pg_stat_activity where query like 'listen%'`)).rowCount).toBe(1));
		chain.grow(Array.from({ length: 600 }, (_, i) => ({ put: i % 300, value: 1 })));
		await indexer.processAll();
		expect(here.flatMap((news) => news.messages)).toHaveLength(300);
		await vi.waitFor(() => expect(elsewhere.flatMap((news) => news.messages)).toHaveLength(300));
		expect(elsewhere.length).toBeGreaterThan(1);
		expect(elsewhere[0]?.messages[0]).toEqual({ topic: 'shelf:0', block: '1', event: 'Put' });
		await stop();
	});
});

describe('reorg', () => {
	test('default: rows come back as they were, deleted ones included', async () => {
		const chain = new ForkingChain(10);
		chain.grow([
			{ put: 1, value: 5 },
			{ put: 2, value: 5 },
		]);
		const indexer = await openIndexer(chain);
		const before = await fingerprintTables(db, indexer.tables);
		chain.grow([{ clear: 1 }, { put: 2, value: 9 }, { put: 3, value: 1 }]);
		chain.grow([{ put: 1, value: 4 }, { clear: 3 }]);
		await indexer.processAll();
		chain.rewind(1);
		chain.grow([]);
		const heard: string[] = [];
		indexer.onNews((news) => heard.push(...news.messages.map((message) => `${message.topic} ${message.event}`)));
		await indexer.processAll();
		await vi.waitFor(async () => expect(await fingerprintTables(db, indexer.tables)).toEqual(before));
		expect(heard).toContain('shelf:3 Reorganised');
	});

	test('behavior: deeper than finality everything is folded anew', async () => {
		const chain = new ForkingChain(2);
		for (let i = 0; i < 12; i++) chain.grow([{ put: i % 2, value: 1 }]);
		const indexer = await openIndexer(chain);
		chain.rewind(3);
		for (let i = 0; i < 12; i++) chain.grow([{ put: 7, value: 1 }]);
		await indexer.processAll();
		await vi.waitFor(async () => expect(await rows()).toEqual(chain.expected()));
	});

	test('behavior: a chain that changes while a range is read is read again', async () => {
		const chain = new ForkingChain(20);
		for (let i = 0; i < 6; i++) chain.grow([{ put: 1, value: 1 }]);
		let requests = 0;
		chain.onRequest = () => {
			if (++requests !== 4) return;
			chain.rewind(2);
			for (let i = 0; i < 5; i++) chain.grow([{ put: 2, value: 1 }]);
		};
		const indexer = await openIndexer(chain);
		await indexer.processAll();
		expect(await rows()).toEqual(chain.expected());
	});

	// A seed that fails is kept here for good.
	const ways = [shelfProjection, foldingProjection];
	test.each([1, 2, 3, 20261122, 77, 4242].flatMap((seed) => ways.map((way) => ({ seed, way, how: way.folds ? 'many at a time' : 'one by one' }))))(
		'property: after any history the tables are the fold of the canonical branch (seed $seed, $how)',
		async ({ seed, way }) => {
			const random = mulberry32(seed);
			const below = (n: number) => Math.floor(random() * n);
			const chain = new ForkingChain(below(6));
			const indexer = await openIndexer(chain, { projections: [way] });
			for (let step = 0; step < 60; step++) {
				if (random() < 0.3 && chain.blocks.length > 1) chain.rewind(Math.max(0, chain.blocks.length - 1 - below(9)));
				for (let n = below(4) + 1; n > 0; n--) chain.grow(Array.from({ length: below(5) }, () => randomAct(below)));
				if (random() < 0.2) chain.failures = 1;
				if (random() < 0.3) {
					let countdown = below(6);
					chain.onRequest = () => {
						if (countdown-- > 0) return;
						chain.onRequest = null;
						chain.rewind(Math.max(0, chain.blocks.length - 1 - below(4)));
						for (let n = 0; n < 5; n++) chain.grow([randomAct(below)]);
					};
				}
				if (random() < 0.6) {
					indexer.poke();
					if (random() < 0.5) await indexer.processAll().catch(() => undefined);
				}
			}
			chain.onRequest = null;
			chain.grow([]);
			await settle(indexer, chain);
			expect(await rows()).toEqual(chain.expected());
			const live = await fingerprintTables(db, indexer.tables);
			await indexer.reindex();
			expect(await fingerprintTables(db, indexer.tables)).toEqual(live);
			// Whoever folds the other way has the same tables.
			await indexer.close();
			const other = await openIndexer(chain, { projections: ways.filter((one) => one !== way) });
			await other.reindex();
			expect(await fingerprintTables(db, indexer.tables)).toEqual(live);
		},
	);
});

describe('finalize', () => {
	test('default: what is final cannot be undone any more and leaves no trace', async () => {
		const chain = new ForkingChain(3);
		for (let i = 0; i < 30; i++) chain.grow([{ put: 1, value: 1 }]);
		const indexer = await openIndexer(chain);
		for (let i = 0; i < 10; i++) {
			chain.grow([{ put: 1, value: 1 }]);
			await indexer.processAll();
		}
		const kept = await db.query('select min(block) as oldest, count(*) as n from indexer.undo');
		expect(kept.rows[0]).toEqual({ oldest: 38, n: 6 });
		expect((await db.query('select count(*) as n from indexer.blocks')).rows[0]).toEqual({ n: 4 });
	});
});

/** Until the tables stand on the head that the chain has now. */
async function settle(indexer: Indexer, chain: ForkingChain): Promise<void> {
	await vi.waitFor(async () => {
		indexer.poke();
		const { rows: found } = await db.query<{ hash: string }>('select hash from indexer.cursor');
		expect(found[0]?.hash).toBe(chain.blocks.at(-1)?.hash);
	}, 10_000);
}

function randomAct(below: (n: number) => number): Act {
	const key = below(4);
	return below(4) === 0 ? { clear: key } : below(12) === 0 ? { junk: true } : { put: key, value: below(9) + 1 };
}

/** A small generator with a seed, so that a failing history can be played again. */
function mulberry32(seed: number): () => number {
	let a = seed;
	return () => {
		a = (a + 0x6d2b79f5) | 0;
		let t = Math.imul(a ^ (a >>> 15), 1 | a);
		t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
		return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
	};
}
