import { Refusal } from '@kaishi/protocol/platform/errors';
import type { LocalText } from '@kaishi/protocol/platform/local-text';
import { type BackInStock, MAX_WAITS, type Wait } from '@kaishi/protocol/shop';
import type { Address } from 'viem';
import type { Queryable } from '../platform/db/database.ts';
import { parseListing } from './view.ts';

/** Somebody who waits for an offer that can be bought again. */
export interface DueWait {
	account: Address;
	offerId: string;
	listingId: string;
	shopId: string;
	title: LocalText;
}

/** How long it is said that something is back. */
const TOLD_SECONDS = 7 * 86_400;

/** Whether `account` is told once there are pieces of an offer again. Throws `Catalog_UnknownListing`, `Shop_TooManyWaits`. @param now Unix seconds */
export async function waitFor(db: Queryable, account: Address, offerId: string, now: number): Promise<void> {
	const { rows: known } = await db.query('select 1 from shop.offers where offer_id = $1', [offerId]);
	if (known.length === 0) throw new Refusal('Catalog_UnknownListing', 'notFound', { offerId });
	const { rows } = await db.query<{ n: number }>('select count(*)::int as n from shop.waits where account = $1 and told_at is null and offer_id <> $2', [
		account,
		offerId,
	]);
	if ((rows[0]?.n ?? 0) >= MAX_WAITS) throw new Refusal('Shop_TooManyWaits', 'tooMany', { limit: String(MAX_WAITS) });
	await db.query(
		`insert into shop.waits as w (account, offer_id, at) values ($1, $2, $3)
		 on conflict (account, offer_id) do update set at = excluded.at, told_at = null, seen = false where w.told_at is not null`,
		[account, offerId, now],
	);
}

export async function stopWaiting(db: Queryable, account: Address, offerId: string): Promise<void> {
	await db.query('delete from shop.waits where account = $1 and offer_id = $2', [account, offerId]);
}

/** Latest first. */
export async function waitsOf(db: Queryable, account: Address): Promise<Wait[]> {
	const { rows } = await db.query<Wait>('select offer_id::text as id from shop.waits where account = $1 and told_at is null order by at desc, offer_id', [
		account,
	]);
	return rows;
}

/** Latest first, of a week. */
export async function backInStock(db: Queryable, account: Address): Promise<BackInStock[]> {
	const { rows } = await db.query<{ id: string; listing_id: string; body: string; told_at: number; seen: boolean }>(
		`select w.offer_id::text as id, l.listing_id, l.body, w.told_at, w.seen from shop.waits w join shop.offers o using (offer_id) join shop.listings l using (listing_id)
		 where w.account = $1 and w.told_at is not null and l.valid and l.listed order by w.told_at desc, w.offer_id limit 20`,
		[account],
	);
	return rows.map(({ id, listing_id, body, told_at, seen }) => ({ id, listingId: listing_id, title: parseListing(body).title, at: told_at, unread: !seen }));
}

export async function countBackUnseen(db: Queryable, account: Address): Promise<number> {
	const { rows } = await db.query<{ n: number }>('select count(*)::int as n from shop.waits where account = $1 and told_at is not null and not seen', [
		account,
	]);
	return rows[0]?.n ?? 0;
}

export async function markBackSeen(db: Queryable, account: Address): Promise<void> {
	await db.query('update shop.waits set seen = true where account = $1 and told_at is not null and not seen', [account]);
}

/** Takes who waits for offers of which there are pieces, each once: whoever takes them tells them. What was told a week ago is forgotten. */
export async function takeDueWaits(db: Queryable, now: number, limit: number): Promise<DueWait[]> {
	await db.query('delete from shop.waits where told_at < $1', [now - TOLD_SECONDS]);
	const { rows } = await db.query<{ account: Address; offer_id: string; listing_id: string; shop_id: string; body: string }>(
		`with due as (
			select w.account, w.offer_id, l.listing_id, l.shop_id, l.body from shop.waits w join shop.offers o using (offer_id) join shop.listings l using (listing_id)
			where w.told_at is null and o.stock > 0 and l.valid and l.listed limit $2 for update of w skip locked
		)
		update shop.waits w set told_at = $1 from due where w.account = due.account and w.offer_id = due.offer_id
		returning w.account, w.offer_id, due.listing_id, due.shop_id, due.body`,
		[now, limit],
	);
	return rows.map(({ account, offer_id, listing_id, shop_id, body }) => ({
		account,
		offerId: offer_id,
		listingId: listing_id,
		shopId: shop_id,
		title: parseListing(body).title,
	}));
}
