import type { DeliveryDetails, SettlementOfferView } from '@kaishi/protocol/order';
import type { Hex } from 'viem';
import type { Queryable } from '../platform/db/database.ts';

/**
 * The only module that touches `order_private`: what parties told and offered each other, and files that were sold.
 * A note is shown only when its hash is the one that stands on the chain, so whoever guesses an order's id
 * can store what they like and nobody will ever see it.
 */
export type NoteKind = 'delivery' | 'tracking' | 'reason' | 'return';

export interface StoredDownload {
	file: string;
	name: string;
	bytes: number;
	sha256: string;
}

/** Storing the same note twice changes nothing. Returns whether it is new. */
export async function storeNote(db: Queryable, note: { orderId: Hex; kind: NoteKind; hash: Hex; salt: Hex; body: unknown }): Promise<boolean> {
	const { rowCount } = await db.query(`insert into order_private.notes (order_id, kind, hash, salt, body) values ($1, $2, $3, $4, $5) on conflict do nothing`, [
		note.orderId,
		note.kind,
		note.hash,
		note.salt,
		JSON.stringify(note.body),
	]);
	return rowCount === 1;
}

/** Where somebody's delivery details wait for an order whose id is found later, such as an auction's. Returns whether they are new there. */
export async function storeWaiting(db: Queryable, place: string, note: { hash: Hex; salt: Hex; body: unknown }): Promise<boolean> {
	return storeNote(db, { orderId: place as Hex, kind: 'delivery', ...note });
}

/** Of what was not to wait after all. */
export async function forgetWaiting(db: Queryable, place: string, hash: Hex): Promise<void> {
	await db.query(`delete from order_private.notes where order_id = $1 and kind = 'delivery' and hash = $2`, [place, hash]);
}

/** Places that begin so, come after another, and hold details; in order. */
export async function waitingPlaces(db: Queryable, prefix: string, after: string, limit: number): Promise<string[]> {
	const { rows } = await db.query<{ order_id: string }>(
		`select distinct order_id from order_private.notes where order_id like $1 || '%' and order_id > $2 and kind = 'delivery' order by order_id limit ${limit}`,
		[prefix, after],
	);
	return rows.map(({ order_id }) => order_id);
}

/**
 * Gives an order the details that it names; all others that waited there are forgotten. Nothing happens while the order is not in the
 * tables yet. @param orderId null: there is no order
 */
export async function adoptWaiting(db: Queryable, place: string, orderId: string | null): Promise<void> {
	await db.query(
		`with own as (
			insert into order_private.notes (order_id, kind, hash, salt, body)
			select o.order_id, n.kind, n.hash, n.salt, n.body from order_private.notes n join "order".orders o on o.order_id = $2 and o.details_hash = n.hash
			where n.order_id = $1 on conflict do nothing
		)
		delete from order_private.notes where order_id = $1 and ($2::text is null or exists (select 1 from "order".orders o where o.order_id = $2))`,
		[place, orderId],
	);
}

/** The note of that kind with the hash that the chain holds; null when it is not here. */
export async function findNote<T>(db: Queryable, orderId: string, kind: NoteKind, hash: string | null): Promise<T | null> {
	if (hash === null) return null;
	const { rows } = await db.query<{ body: string }>('select body from order_private.notes where order_id = $1 and kind = $2 and hash = $3', [
		orderId,
		kind,
		hash,
	]);
	return rows[0] ? (JSON.parse(rows[0].body) as T) : null;
}

/** Delivery details with the salts that tie them to the chain, of orders that have them; by order id. */
export async function findDeliveries(db: Queryable, orderIds: readonly string[]): Promise<Map<string, { details: DeliveryDetails; salt: Hex }>> {
	const { rows } = await db.query<{ order_id: string; body: string; salt: Hex }>(
		`select n.order_id, n.body, n.salt from order_private.notes n join "order".orders o on o.order_id = n.order_id and o.details_hash = n.hash
		 where n.kind = 'delivery' and n.order_id = any($1)`,
		[orderIds],
	);
	return new Map(rows.map((row) => [row.order_id, { details: JSON.parse(row.body) as DeliveryDetails, salt: row.salt }]));
}

/** All notes of an order by hash, whatever they are; only those whose hash stands on the chain are anybody's to see. */
export async function findNotes(db: Queryable, orderId: string): Promise<Map<string, { kind: NoteKind; body: unknown }>> {
	const { rows } = await db.query<{ hash: string; kind: NoteKind; body: string }>('select hash, kind, body from order_private.notes where order_id = $1', [
		orderId,
	]);
	return new Map(rows.map(({ hash, kind, body }) => [hash, { kind, body: JSON.parse(body) as unknown }]));
}

/** Notes of a kind that no step has brought to the chain yet. */
export async function countLooseNotes(db: Queryable, orderId: string, kind: NoteKind): Promise<number> {
	const { rows } = await db.query<{ n: number }>(
		`select count(*) as n from order_private.notes n where order_id = $1 and kind = $2
		 and not exists (select 1 from "order".events e where e.order_id = n.order_id and e.note_hash = n.hash)`,
		[orderId, kind],
	);
	return rows[0]?.n ?? 0;
}

export async function storePicture(db: Queryable, orderId: string, cid: string, by: string): Promise<void> {
	await db.query('insert into order_private.pictures (order_id, cid, by_account) values ($1, $2, $3) on conflict do nothing', [orderId, cid, by]);
}

export async function hasPicture(db: Queryable, orderId: string, cid: string): Promise<boolean> {
	return (await db.query('select 1 from order_private.pictures where order_id = $1 and cid = $2', [orderId, cid])).rows.length > 0;
}

/** The same split offered again at the same step takes the place of the former offer. */
export async function storeOffer(db: Queryable, orderId: string, { by, side, buyerBps, step, validBefore, signature, at }: SettlementOfferView): Promise<void> {
	await db.query(
		`insert into order_private.offers (order_id, by_account, side, buyer_bps, step, valid_before, signature, at) values ($1, $2, $3, $4, $5, $6, $7, $8)
		 on conflict (order_id, by_account, step, buyer_bps) do update set valid_before = excluded.valid_before, signature = excluded.signature, at = excluded.at`,
		[orderId, by, side, buyerBps, step, validBefore, signature, at],
	);
}

/** Offers that could be accepted at `now` (Unix seconds), newest first. */
export async function liveOffers(db: Queryable, orderId: string, step: number, now: number): Promise<SettlementOfferView[]> {
	const { rows } = await db.query<SettlementOfferView>(
		`select by_account as by, side, buyer_bps as "buyerBps", step, valid_before as "validBefore", signature, at from order_private.offers
		 where order_id = $1 and step = $2 and valid_before >= $3 order by at desc, buyer_bps`,
		[orderId, step, now],
	);
	return rows;
}

/** Takes a side's offers off the page; returns how many. Who has read one can still accept it until it expires. */
export async function forgetOffers(db: Queryable, orderId: string, side: SettlementOfferView['side']): Promise<number> {
	return (await db.query('delete from order_private.offers where order_id = $1 and side = $2', [orderId, side])).rowCount ?? 0;
}

/** Removes notes older than a day whose order was never placed. Returns how many. */
export async function purgeOrphanedNotes(db: Queryable): Promise<number> {
	const { rowCount } = await db.query(
		`delete from order_private.notes n where stored_at < now() - interval '1 day' and n.order_id not like 'auction:%' and not exists (select 1 from "order".orders o where o.order_id = n.order_id)`,
	);
	return rowCount ?? 0;
}

/** Replaces a listing's download; returns the file it replaces. */
export async function storeDownload(db: Queryable, listingId: string, download: StoredDownload): Promise<string | null> {
	const { rows } = await db.query<{ replaced: string | null }>(
		`with before as (select file from order_private.downloads where listing_id = $1::numeric)
		 insert into order_private.downloads (listing_id, file, name, bytes, sha256) values ($1::numeric, $2, $3, $4, $5)
		 on conflict (listing_id) do update set file = excluded.file, name = excluded.name, bytes = excluded.bytes, sha256 = excluded.sha256, stored_at = now()
		 returning (select file from before) as replaced`,
		[listingId, download.file, download.name, download.bytes, download.sha256],
	);
	return rows[0]?.replaced ?? null;
}

export async function findDownload(db: Queryable, listingId: string): Promise<StoredDownload | null> {
	const { rows } = await db.query<StoredDownload>('select file, name, bytes, sha256 from order_private.downloads where listing_id = $1', [listingId]);
	return rows[0] ?? null;
}
