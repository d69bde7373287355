import { type LiveRecord, type RecordKind, recordHashOf } from '@kaishi/protocol/live';
import { toCanonicalBytes } from '@kaishi/protocol/platform/canonical-json';
import type { Address, Hex } from 'viem';
import type { Database, Queryable } from '../../platform/db/database.ts';
import { liveTables } from '../tables.ts';
import { type BodyOf, foldRecord } from './fold.ts';

export interface NewRecord<K extends RecordKind = RecordKind> {
	kind: K;
	by: Address | null;
	/** Milliseconds. */
	at: number;
	body: BodyOf[K];
}

/** Nobody else adds to this show's records until the transaction ends. */
export async function lockShow(tx: Queryable, showId: string): Promise<void> {
	await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 11))', [showId]);
}

/** Adds to a show's chain and to what is folded from it; the caller has locked the show. Returns what was added. */
export async function appendRecords(tx: Queryable, showId: string, added: readonly NewRecord[]): Promise<LiveRecord[]> {
	const { rows } = await tx.query<{ seq: number; hash: Hex }>('select seq, hash from live.records where show_id = $1 order by seq desc limit 1', [showId]);
	let [seq, previous]: [number, Hex | null] = [rows[0]?.seq ?? 0, rows[0]?.hash ?? null];
	const records = added.map(({ kind, by, at, body }): LiveRecord => {
		const linked = { show: showId, seq: ++seq, kind, by, at, body, previous };
		previous = recordHashOf(linked);
		return { ...linked, hash: previous };
	});
	const texts = records.map(({ body }) => new TextDecoder().decode(toCanonicalBytes(body)));
	await tx.query(
		`insert into live.records (show_id, seq, kind, by_account, at, body, previous, hash)
		 select $1, seq, kind, by_account, at, body, previous, hash from json_to_recordset($2::json)
			as r (seq integer, kind text, by_account text, at bigint, body text, previous text, hash text)`,
		[showId, JSON.stringify(records.map(({ by, body: _, ...rest }, i) => ({ ...rest, by_account: by, body: texts[i] })))],
	);
	// As it was written down: folding it again must find the very same.
	for (const [i, record] of records.entries()) await foldRecord(tx, { ...record, body: JSON.parse(texts[i] ?? '') });
	return records;
}

interface RecordRow {
	show_id: string;
	seq: number;
	kind: RecordKind;
	by_account: Address | null;
	at: number;
	body: string;
	previous: Hex | null;
	hash: Hex;
}

const toRecord = (row: RecordRow): LiveRecord => ({
	show: row.show_id,
	seq: row.seq,
	kind: row.kind,
	by: row.by_account,
	at: row.at,
	body: JSON.parse(row.body),
	previous: row.previous,
	hash: row.hash,
});

const AT_ONCE = 1000;

/** In order; at most a thousand. */
export async function listRecords(db: Queryable, showId: string, after = 0): Promise<LiveRecord[]> {
	const { rows } = await db.query<RecordRow>(`select * from live.records where show_id = $1 and seq > $2 order by seq limit ${AT_ONCE}`, [showId, after]);
	return rows.map(toRecord);
}

/** Forgets what was folded and folds every show's records again. */
export async function foldAgain(db: Database): Promise<void> {
	await db.transaction(async (tx) => {
		await tx.query(`truncate ${liveTables.join(', ')}`);
		const { rows } = await tx.query<{ show_id: string }>('select distinct show_id from live.records order by show_id');
		for (const { show_id } of rows) {
			let after = 0;
			for (;;) {
				const records = await listRecords(tx, show_id, after);
				for (const record of records) await foldRecord(tx, record);
				if (records.length < AT_ONCE) break;
				after = records.at(-1)?.seq ?? after;
			}
		}
	});
}
