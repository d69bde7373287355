import type { Queryable } from '../db/database.ts';
import { quoteTable } from '../db/quote.ts';

/** One hash per table over all its rows in a fixed order: equal hashes, equal tables. */
export async function fingerprintTables(db: Queryable, tables: readonly string[]): Promise<Record<string, string>> {
	const prints: Record<string, string> = {};
	for (const table of [...tables].sort()) {
		const { rows } = await db.query<{ rows: number; print: string | null }>(
			`select count(*) as rows, md5(string_agg(md5(t::text), '' order by t::text collate "C")) as print from ${quoteTable(table)} t`,
		);
		prints[table] = `${rows[0]?.rows}:${rows[0]?.print ?? ''}`;
	}
	return prints;
}
