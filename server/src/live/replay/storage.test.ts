import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { OpenDatabase } from '../../platform/db/open-database.ts';
import { createTestDatabase } from '../../platform/db/test-database.ts';
import { liveMigrations } from '../tables.ts';
import { keepReplays } from './storage.ts';

let db: OpenDatabase;
let directory: string;
let gone: string[];
beforeAll(async () => {
	db = await createTestDatabase(liveMigrations);
});
afterAll(() => db.close());
beforeEach(async () => {
	await db.query('delete from live.shows');
	await db.query('delete from live.clips');
	directory = mkdtempSync(join(tmpdir(), 'kaishi-storage-'));
	gone = [];
	return () => rmSync(directory, { recursive: true, force: true });
});

const NOW = 1_000_000;
const idOf = (n: number) => String(n).padStart(16, '0');
const keep = (maxBytes: number) =>
	keepReplays({ db, directory, maxBytes, keepSeconds: 1000, now: () => NOW, onGone: async (id) => void gone.push(String(Number(id))) });

/** A show with a recording; `age`: how long ago it ended, seconds; null: it is on air. */
async function addShow(n: number, shopId: number, bytes: number, age: number | null): Promise<void> {
	const ended = age === null ? null : NOW - age;
	await db.query(
		`insert into live.shows (show_id, shop_id, host, co_hosts, title, status, scheduled_at, ended_at, rules, words, moderators)
		 values ($1, $2, '', '{}', '{}', $3, 0, $4, '{}', '{}', '{}')`,
		[idOf(n), shopId, ended === null ? 'live' : 'ended', ended],
	);
	mkdirSync(join(directory, idOf(n), 'clips'), { recursive: true });
	writeFileSync(join(directory, idOf(n), 'media.mp4'), Buffer.alloc(bytes));
}

async function addClip(n: number, show: number, bytes: number, age = 0): Promise<void> {
	const at = (NOW - age) * 1000;
	await db.query("insert into live.clips values ($1, $2, 0, 0, 'video/mp4', $3, '', $4)", [idOf(n), idOf(show), bytes, at]);
	writeFileSync(join(directory, idOf(show), 'clips', `${idOf(n)}.mp4`), Buffer.alloc(bytes));
}
const clips = async () => (await db.query<{ clip_id: string }>('select clip_id from live.clips order by 1')).rows.map(({ clip_id }) => Number(clip_id));

test('default: whoever uses most makes room, its oldest recordings first, then its clips; what is recorded now stays', async () => {
	await addShow(1, 7, 100, 900);
	await addShow(2, 8, 300, 10);
	await addShow(3, 8, 400, 20);
	await addShow(4, 8, 500, null);
	await addClip(20, 2, 150);
	await addClip(21, 2, 150);
	expect(await keep(1600)).toBe(0);
	expect(await keep(1200)).toBe(1);
	expect(gone).toEqual(['3']);
	expect(await keep(800)).toBe(2);
	expect(gone).toEqual(['3', '2']);
	expect(await clips()).toHaveLength(1);
	expect(readdirSync(join(directory, idOf(2), 'clips'))).toHaveLength(1);
	// All but what is on air may go: there is no end to try beyond that.
	expect(await keep(0)).toBe(2);
	expect(gone).toEqual(['3', '2', '1']);
	expect(readdirSync(join(directory, idOf(4)))).toContain('media.mp4');
});

test('behavior: what is too old goes, clips by their own age; leftovers of cuts that nobody finished too', async () => {
	await addShow(1, 7, 10, 1001);
	await addShow(2, 7, 10, 999);
	await addClip(20, 2, 10, 1001);
	await addClip(21, 1, 10, 0);
	const leftover = join(directory, idOf(2), 'clips', `${idOf(30)}.mp4.new`);
	writeFileSync(leftover, 'half');
	expect(await keep(1e9)).toBe(2);
	expect(gone).toEqual(['1']);
	expect(await clips()).toEqual([21]);
	expect(readdirSync(join(directory, idOf(2), 'clips'))).toHaveLength(1);
	utimesSync(leftover, 1, 1);
	await keep(1e9);
	expect(readdirSync(join(directory, idOf(2), 'clips'))).toEqual([]);
});
