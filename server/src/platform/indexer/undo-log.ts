import type { Queryable } from '../db/database.ts';
import { quoteName, quoteTable } from '../db/quote.ts';

/** Puts a trigger on each projected table that remembers how a row was before; it fires only inside `rememberUnder`. */
export async function installUndo(db: Queryable, tables: readonly string[]): Promise<void> {
	for (const table of tables) {
		await db.query(`create or replace trigger remember after insert or update or delete on ${quoteTable(table)}
			for each row when (coalesce(current_setting('kaishi.undo_block', true), '') <> '') execute function indexer.remember()`);
	}
}

/** From here to the end of the transaction changes are remembered under `block`; null: they are final. */
export async function rememberUnder(db: Queryable, block: bigint | null): Promise<void> {
	await db.query(`select set_config('kaishi.undo_block', $1, true)`, [block === null ? '' : block.toString()]);
}

interface UndoEntry {
	table_name: string;
	key: unknown;
	before: unknown;
}

/** Takes back every remembered change above `block`, newest first. */
export async function undoAbove(db: Queryable, block: bigint): Promise<void> {
	await rememberUnder(db, null);
	const keys = new Map<string, string[]>();
	const { rows } = await db.query<UndoEntry>('select table_name, key, before from indexer.undo where block > $1 order by seq desc', [block.toString()]);
	for (const { table_name: table, key, before } of rows) {
		let columns = keys.get(table);
		if (!columns) {
			columns = await primaryKeyOf(db, table);
			keys.set(table, columns);
		}
		const name = quoteTable(table);
		const same = columns.map((column) => `t.${quoteName(column)} = k.${quoteName(column)}`).join(' and ');
		await db.query(`delete from ${name} t using jsonb_populate_record(null::${name}, $1::jsonb) k where ${same}`, [JSON.stringify(key)]);
		if (before !== null) await db.query(`insert into ${name} select * from jsonb_populate_record(null::${name}, $1::jsonb)`, [JSON.stringify(before)]);
	}
	await db.query('delete from indexer.undo where block > $1', [block.toString()]);
}

/** Forgets how to take back what is final. */
export async function forgetUpTo(db: Queryable, block: bigint): Promise<void> {
	await db.query('delete from indexer.undo where block <= $1', [block.toString()]);
}

async function primaryKeyOf(db: Queryable, table: string): Promise<string[]> {
	const { rows } = await db.query<{ name: string }>(
		`select a.attname as name from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any(i.indkey)
		 where i.indisprimary and i.indrelid = $1::regclass`,
		[quoteTable(table)],
	);
	if (rows.length === 0) throw new Error(`${table} has no primary key`);
	return rows.map((row) => row.name);
}
