import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { OpenDatabase } from '../db/open-database.ts';
import { createTestDatabase } from '../db/test-database.ts';
import { clusterMigrations } from './schema.ts';
import { asTerm, beginTerm, fenced, SupersededError } from './term.ts';

let db: OpenDatabase;
beforeAll(async () => {
	db = await createTestDatabase([...clusterMigrations, { name: 'test.0001', sql: 'create table written (word text)' }]);
});
afterAll(() => db?.close());
beforeEach(async () => void (await db.query('truncate written')));

const written = async () => (await db.query<{ word: string }>('select word from written order by word')).rows.map(({ word }) => word);
const write = (term: number, word: string) =>
	db.transaction(async (tx) => {
		await fenced(tx, term);
		await tx.query('insert into written values ($1)', [word]);
	});

test('default: terms grow; whoever leads writes', async () => {
	const first = await beginTerm(db, 'http://one');
	await write(first, 'one');
	const second = await beginTerm(db, 'http://two');
	expect(second).toBe(first + 1);
	await write(second, 'two');
	expect(await written()).toEqual(['one', 'two']);
	expect((await db.query('select term, url from cluster.leader')).rows).toEqual([{ term: second, url: 'http://two' }]);
});

test('error: a term that is over, in a transaction or in one statement', async () => {
	const over = await beginTerm(db, 'http://one');
	const now = await beginTerm(db, 'http://two');
	await expect(write(over, 'late')).rejects.toThrow(SupersededError);
	const inOne = (term: number) =>
		asTerm(term, () => db.query('insert into written select word from cluster.require_term($1), unnest($2::text[]) word', [term, ['a', 'b']]));
	await expect(inOne(over)).rejects.toThrow(SupersededError);
	expect(await written()).toEqual([]);
	await inOne(now);
	expect(await written()).toEqual(['a', 'b']);
});

test('error: what else goes wrong stays what it was', async () => {
	await expect(asTerm(1, () => db.query('select * from nowhere'))).rejects.toMatchObject({ code: '42P01' });
});

test('behavior: the next term waits for a write that has begun, and then sees it', async () => {
	const term = await beginTerm(db, 'http://one');
	let seen: string[] = [];
	let next: Promise<unknown> = Promise.resolve();
	await db.transaction(async (tx) => {
		await fenced(tx, term);
		next = beginTerm(db, 'http://two').then(async () => {
			seen = await written();
		});
		await tx.query(`insert into written values ('in time')`);
	});
	await next;
	expect(seen).toEqual(['in time']);
});

test('behavior: a writer that fell asleep in its transaction holds nobody up, and has written nothing', async () => {
	const term = await beginTerm(db, 'http://one');
	const asleep = db.transaction(async (tx) => {
		await fenced(tx, term);
		await tx.query(`insert into written values ('asleep')`);
		await beginTerm(db, 'http://two');
		await tx.query(`insert into written values ('awake')`);
	});
	await expect(asleep).rejects.toThrow();
	expect(await written()).toEqual([]);
});
