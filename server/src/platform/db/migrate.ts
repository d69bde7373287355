import type { Database } from './database.ts';

export interface Migration {
	/** Unique for good, e.g. `shop.0001`. */
	name: string;
	sql: string;
}

/** Any number: it only has to be the same in every process. */
const LOCK = 0x6b616973;

/** Runs what has not run yet, in order, all in one transaction; several processes may start at once. */
export async function migrate(db: Database, migrations: readonly Migration[]): Promise<void> {
	await db.transaction(async (tx) => {
		await tx.query(`select pg_advisory_xact_lock(${LOCK})`);
		await tx.query('create schema if not exists platform');
		await tx.query('create table if not exists platform.migrations (name text primary key, applied_at timestamptz not null default now())');
		const done = new Set((await tx.query<{ name: string }>('select name from platform.migrations')).rows.map((row) => row.name));
		for (const { name, sql } of migrations) {
			if (done.has(name)) continue;
			await tx.query(sql);
			await tx.query('insert into platform.migrations (name) values ($1)', [name]);
		}
	});
}
