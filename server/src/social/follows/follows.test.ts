import { afterAll, beforeAll, expect, test } from 'vitest';
import { liveMigrations } from '../../live/public.ts';
import type { OpenDatabase } from '../../platform/db/open-database.ts';
import { createTestDatabase } from '../../platform/db/test-database.ts';
import { socialMigrations } from '../public.ts';
import { follow, remindFollowers, unfollow } from './follows.ts';

let db: OpenDatabase;
beforeAll(async () => {
	db = await createTestDatabase([...liveMigrations, ...socialMigrations]);
});
afterAll(() => db.close());

const fans = [`0x${'11'.repeat(20)}`, `0x${'22'.repeat(20)}`] as const;
const begin = (id: string, shopId: number) =>
	db.query(
		`insert into live.shows (show_id, shop_id, host, co_hosts, title, status, scheduled_at, rules, words, moderators)
		 values ($1, $2, '', '{}', '{}', 'live', 0, '{}', '{}', '{}')`,
		[id, shopId],
	);
const told = async () =>
	(await db.query<{ show_id: string; account: string }>('select show_id, account from live.reminders order by 1, 2')).rows.map(
		({ show_id, account }) => `${show_id} ${account.slice(2, 4)}`,
	);

test('default: followers are told of a shop’s show once, and of its next one only when hours have passed', async () => {
	await follow(db, fans[0], '7', 0);
	await follow(db, fans[1], '7', 0);
	await unfollow(db, fans[1], '7');
	await begin('a', 7);
	await begin('elsewhere', 8);
	for (let i = 0; i < 2; i++) await remindFollowers(db, 100_000);
	expect(await told()).toEqual(['a 11']);
	await follow(db, fans[1], '7', 0);
	await begin('b', 7);
	await remindFollowers(db, 100_060);
	expect(await told()).toEqual(['a 11']);
	await begin('c', 7);
	await remindFollowers(db, 100_000 + 6 * 3600);
	expect(await told()).toEqual(['a 11', 'c 11', 'c 22']);
});
