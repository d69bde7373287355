import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { migrate } from './migrate.ts';
import type { OpenDatabase } from './open-database.ts';
import { createTestDatabase } from './test-database.ts';
import { isTransient } from './transient.ts';

let db: OpenDatabase;
beforeAll(async () => {
	db = await createTestDatabase([{ name: 't.0001', sql: 'create extension pg_trgm; create table t (id bigint primary key, amount numeric(78))' }]);
}, 60_000);
afterAll(() => db.close());

describe('openDatabase', () => {
	test('default: 64-bit integers are numbers, amounts stay exact strings', async () => {
		const { rows } = await db.query(
			'select 7::bigint as count, 115792089237316195423570985008687907853269984665640564039457584007913129639935::numeric(78) as amount',
		);
		expect(rows[0]).toEqual({ count: 7, amount: (2n ** 256n - 1n).toString() });
	});

	test('behavior: trigrams see Chinese', async () => {
		const { rows } = await db.query<{ n: number }>(`select cardinality(show_trgm('龙井茶'))::int as n`);
		expect(rows[0]?.n).toBeGreaterThan(0);
	});

	test('behavior: a failed transaction leaves nothing', async () => {
		const failing = db.transaction(async (tx) => {
			await tx.query('insert into t values ($1, 1)', [1]);
			throw new Error('no');
		});
		await expect(failing).rejects.toThrow('no');
		expect((await db.query('select * from t')).rows).toEqual([]);
	});

	test('behavior: migrations run once, also when started twice at the same time', async () => {
		const migrations = [{ name: 't.0002', sql: 'create table once (id int)' }];
		await Promise.all([migrate(db, migrations), migrate(db, migrations), migrate(db, migrations)]);
		expect((await db.query(`select count(*) as n from platform.migrations where name = 't.0002'`)).rows[0]).toEqual({ n: 1 });
	});

	test('error: a terminated connection is transient, a constraint is not', async () => {
		const gone = db.transaction(async (tx) => {
			await tx.query('select pg_terminate_backend(pg_backend_pid())');
		});
		expect(isTransient(await gone.catch((e: unknown) => e))).toBe(true);
		await db.query('insert into t values (5, 1)');
		expect(isTransient(await db.query('insert into t values (5, 1)').catch((e: unknown) => e))).toBe(false);
	});
});
