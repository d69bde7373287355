import { UNLIMITED_STOCK } from '@kaishi/protocol/shop';
import type { Address } from 'viem';
import type { Queryable } from '../platform/db/database.ts';
import { isStorable } from '../platform/db/storable.ts';
import { PROOF_COLUMNS, type ProofRow } from '../platform/indexer/proof.ts';

export interface ShopRow extends ProofRow {
	shop_id: string;
	slug: string;
	owner: string;
	payout: string;
	valid: boolean;
	profile: string;
	opened_at: number;
	completed_orders: number;
	listing_count: number;
	cold: string | null;
	caps: Record<string, string>;
	proposal: { cold: string | null; caps: { currency: string; amount: string }[]; readyAt: number } | null;
}

export interface ListingRow extends ProofRow {
	listing_id: string;
	shop_id: string;
	version: number;
	listed: boolean;
	kind: string;
	category: string;
	body: string;
	currency: string;
	min_price: string;
	price_varies: boolean;
	/** The listing whose flash deal it is. */
	deal_of: string | null;
	sold: string;
	published_at: number;
	updated_at: number;
	slug: string;
	shop_profile: string;
	/** Pieces left over all variants; null when one is unlimited. */
	stock: string | null;
}

export interface OfferRow {
	offer_id: string;
	variant: number;
	terms: string;
	stock: string;
	pledged_to: number | null;
	pledged_until: number | null;
	deal_from: string | null;
	deal_per_buyer: number | null;
}

export interface VersionRow extends ProofRow {
	listing_id: string;
	version: number;
	valid: boolean;
	content: Buffer;
	body: string;
	terms: string;
}

const SHOP = `shop_id, slug, owner, payout, valid, profile, opened_at, completed_orders, listing_count, cold, caps, proposal, ${PROOF_COLUMNS}`;

/** By id first: a slug of digits must not stand in for another shop's id. */
export async function findShop(db: Queryable, slugOrId: string): Promise<ShopRow | null> {
	if (!isStorable(slugOrId)) return null;
	const { rows } = await db.query<ShopRow>(`select ${SHOP} from shop.shops where slug = $1 or shop_id = $2 order by (shop_id = $2) desc nulls last limit 1`, [
		slugOrId,
		/^\d{1,78}$/.test(slugOrId) ? slugOrId : null,
	]);
	return rows[0] ?? null;
}

export async function findShops(db: Queryable, ids: readonly string[]): Promise<Map<string, ShopRow>> {
	if (ids.length === 0) return new Map();
	const { rows } = await db.query<ShopRow>(`select ${SHOP} from shop.shops where shop_id = any($1::numeric[])`, [[...new Set(ids)]]);
	return new Map(rows.map((row) => [row.shop_id, row]));
}

export async function listShops(db: Queryable, sort: 'newest' | 'popular', limit: number): Promise<ShopRow[]> {
	const order = sort === 'newest' ? 'opened_at desc, shop_id desc' : 'completed_orders desc, shop_id';
	return (await db.query<ShopRow>(`select ${SHOP} from shop.shops where valid order by ${order} limit $1`, [limit])).rows;
}

/** Owned first, then those worked for; `roles` is 15 for the owner. */
export async function shopsOfAccount(db: Queryable, account: string): Promise<(ShopRow & { is_owner: boolean; roles: number })[]> {
	const { rows } = await db.query<ShopRow & { is_owner: boolean; roles: number }>(
		`select ${SHOP}, owner = $1 as is_owner, case when owner = $1 then 15 else (select roles from shop.staff f where f.shop_id = s.shop_id and f.account = $1) end as roles
		 from shop.shops s where owner = $1 or exists (select 1 from shop.staff f where f.shop_id = s.shop_id and f.account = $1 and f.roles <> 0)
		 order by is_owner desc, opened_at desc, shop_id`,
		[account],
	);
	return rows;
}

export interface StaffRow {
	account: string;
	roles: number;
	/** Amount by token. */
	limits: Record<string, string>;
	/** Amount by token, of today. */
	taken: Record<string, string>;
}

/** @param day days since 1970, UTC. */
export async function staffOf(db: Queryable, shopId: string, day: number): Promise<StaffRow[]> {
	const { rows } = await db.query<StaffRow>(
		`select account, roles, limits, coalesce((select jsonb_object_agg(t.currency, t.amount::text) from shop.takings t
			where t.shop_id = f.shop_id and t.account = f.account and t.day = $2), '{}') as taken
		 from shop.staff f where shop_id = $1 and roles <> 0 order by account`,
		[shopId, day],
	);
	return rows;
}

/** Shops that money may have to be swept of: the guarded ones. */
export async function guardedShops(db: Queryable): Promise<{ shop_id: string; caps: Record<string, string> }[]> {
	return (await db.query<{ shop_id: string; caps: Record<string, string> }>('select shop_id, caps from shop.shops where cold is not null')).rows;
}

/** As `can` in Shop.sol: the owner may do everything, staff what every bit of `role` grants. */
export async function mayAct(db: Queryable, shopId: string, account: string, role: number): Promise<boolean> {
	const { rows } = await db.query(
		`select 1 from shop.shops where shop_id = $1 and owner = $2
		 union all select 1 from shop.staff where shop_id = $1 and account = $2 and $3::int <> 0 and roles::int & $3::int = $3::int`,
		[shopId, account, role],
	);
	return rows.length > 0;
}

/** How often a shop has changed hands; null when there is no such shop. What is private to a tenure names it. */
export async function tenureOf(db: Queryable, shopId: string): Promise<string | null> {
	return (await db.query<{ tenure: string }>('select tenure from shop.shops where shop_id = $1', [shopId])).rows[0]?.tenure ?? null;
}

export async function ownerOf(db: Queryable, shopId: string): Promise<Address | null> {
	const { rows } = await db.query<{ owner: Address }>('select owner from shop.shops where shop_id = $1', [shopId]);
	return rows[0]?.owner ?? null;
}

/** The owner, and staff that hold every bit of `role`. */
export async function accountsWithRole(db: Queryable, shopId: string, role: number): Promise<Address[]> {
	const { rows } = await db.query<{ account: Address }>(
		`select owner as account from shop.shops where shop_id = $1
		 union select account from shop.staff where shop_id = $1 and $2::int <> 0 and roles::int & $2::int = $2::int`,
		[shopId, role],
	);
	return rows.map((row) => row.account);
}

/** Shops in which `account` may act in `role`, each with its tenure. */
export async function shopsActedFor(db: Queryable, account: string, role: number): Promise<{ shopId: string; tenure: string }[]> {
	const { rows } = await db.query<{ shop_id: string; tenure: string }>(
		`select shop_id, tenure from shop.shops s where owner = $1
		 or exists (select 1 from shop.staff f where f.shop_id = s.shop_id and f.account = $1 and f.roles::int & $2::int = $2::int)`,
		[account, role],
	);
	return rows.map((row) => ({ shopId: row.shop_id, tenure: row.tenure }));
}

export async function hasListing(db: Queryable, listingId: string): Promise<boolean> {
	return (await db.query('select 1 from shop.listings where listing_id = $1', [listingId])).rows.length > 0;
}

export interface Standing {
	/** Shipped, of those that had to be shipped and were, or were not in time. */
	on_time: number | null;
	disputed: number | null;
}

export async function standingOf(db: Queryable, shopId: string): Promise<Standing> {
	const { rows } = await db.query<Standing>(
		`select (count(*) filter (where to_ship and shipped))::float8 / nullif(count(*) filter (where to_ship and (shipped or late)), 0) as on_time,
			(count(*) filter (where disputed))::float8 / nullif(count(*), 0) as disputed
		 from shop.sales where shop_id = $1`,
		[shopId],
	);
	return rows[0] ?? { on_time: null, disputed: null };
}

export const LISTING_COLUMNS = `l.listing_id, l.shop_id, l.version, l.listed, l.kind, l.category, l.body, l.currency, l.min_price, l.price_varies, l.deal_of, l.sold, l.published_at, l.updated_at,
	l.block_number, l.block_hash, l.transaction_hash, l.log_index, l.at, l.contract, l.event, s.slug, s.profile as shop_profile,
	(select case when bool_or(o.stock = ${UNLIMITED_STOCK}) then null else coalesce(sum(o.stock), 0) end from shop.offers o where o.listing_id = l.listing_id) as stock`;

export async function findListing(db: Queryable, id: string): Promise<ListingRow | null> {
	const { rows } = await db.query<ListingRow>(
		`select ${LISTING_COLUMNS} from shop.listings l join shop.shops s on s.shop_id = l.shop_id where l.listing_id = $1 and l.valid and s.valid`,
		[id],
	);
	return rows[0] ?? null;
}

export async function offersOf(db: Queryable, listingId: string): Promise<OfferRow[]> {
	return (
		await db.query<OfferRow>(
			'select offer_id, variant, terms, stock, pledged_to, pledged_until, deal_from, deal_per_buyer from shop.offers where listing_id = $1 order by variant',
			[listingId],
		)
	).rows;
}

/** Units that one account may have, of those listings that limit it; by listing. */
export async function perAccountOf(db: Queryable, listingIds: readonly string[]): Promise<Map<string, number>> {
	const { rows } = await db.query<{ listing_id: string; per_account: number }>(
		'select listing_id, per_account from shop.listings where listing_id = any($1::numeric[]) and per_account is not null',
		[listingIds],
	);
	return new Map(rows.map((row) => [row.listing_id, row.per_account]));
}

export async function historyOf(db: Queryable, listingId: string): Promise<VersionRow[]> {
	return (await db.query<VersionRow>(`select version, ${PROOF_COLUMNS} from shop.listing_versions where listing_id = $1 order by version desc`, [listingId]))
		.rows;
}

export async function findVersions(db: Queryable, wanted: readonly { listingId: string; version: number }[]): Promise<VersionRow[]> {
	if (wanted.length === 0) return [];
	const { rows } = await db.query<VersionRow>(
		`select v.listing_id, v.version, v.valid, v.content, v.body, v.terms, ${PROOF_COLUMNS} from shop.listing_versions v
		 join (select distinct listing_id, version from unnest($1::numeric[], $2::bigint[]) as u (listing_id, version)) w on w.listing_id = v.listing_id and w.version = v.version`,
		[wanted.map((one) => one.listingId), wanted.map((one) => one.version)],
	);
	return rows;
}

export async function findProfilesAt(
	db: Queryable,
	moments: readonly { key: string; shopId: string; blockNumber: number; logIndex: number }[],
): Promise<(ProofRow & { key: string; valid: boolean; profile: string })[]> {
	if (moments.length === 0) return [];
	const { rows } = await db.query<ProofRow & { key: string; valid: boolean; profile: string }>(
		`select m.key, p.* from unnest($1::text[], $2::numeric[], $3::bigint[], $4::int[]) as m (key, shop_id, block_number, log_index)
		 cross join lateral (select valid, profile, ${PROOF_COLUMNS} from shop.profile_versions v
			where v.shop_id = m.shop_id and (v.block_number, v.log_index) < (m.block_number, m.log_index) order by v.block_number desc, v.log_index desc limit 1) p`,
		[moments.map((one) => one.key), moments.map((one) => one.shopId), moments.map((one) => one.blockNumber), moments.map((one) => one.logIndex)],
	);
	return rows;
}

export async function countsOf(db: Queryable): Promise<{ shops: number; listings: number }> {
	const { rows } = await db.query<{ shops: number; listings: number }>(
		`select (select count(*) from shop.shops where valid) as shops,
			(select count(*) from shop.listings l join shop.shops s on s.shop_id = l.shop_id where l.valid and l.listed and l.deal_of is null and s.valid) as listings`,
	);
	return rows[0] ?? { shops: 0, listings: 0 };
}

/** Variants on sale with nothing left. */
export async function countOutOfStock(db: Queryable, shopId: string): Promise<number> {
	const { rows } = await db.query<{ n: number }>(
		'select count(*) as n from shop.offers o join shop.listings l on l.listing_id = o.listing_id where l.shop_id = $1 and l.listed and l.deal_of is null and o.stock = 0',
		[shopId],
	);
	return rows[0]?.n ?? 0;
}

export interface DealRow extends OfferRow {
	listing_id: string;
	deal_from: string;
	pledged_until: number;
	coupon: boolean;
}

/** Deals that run on any of these offers, the newest first. @param now chain time, Unix seconds. */
export async function runningDeals(db: Queryable, offerIds: readonly string[], now: number): Promise<DealRow[]> {
	const { rows } = await db.query<DealRow>(
		`select o.offer_id, o.listing_id, o.variant, o.terms, o.stock, o.pledged_to, o.pledged_until, o.deal_from, o.deal_per_buyer,
			coalesce((l.body::json ->> 'coupon')::boolean, false) as coupon
		 from shop.offers o join shop.listings l using (listing_id)
		 where o.deal_from = any($1::numeric[]) and o.pledged_until >= $2 and l.valid and l.listed order by o.offer_id desc`,
		[offerIds, now],
	);
	return rows;
}

/** Offers of deals that are over and still have pieces of another offer. */
export async function dealsToEnd(db: Queryable, now: number, limit: number): Promise<string[]> {
	const { rows } = await db.query<{ offer_id: string }>(
		'select offer_id from shop.offers where deal_from is not null and pledged_until < $1 and stock > 0 order by pledged_until limit $2',
		[now, limit],
	);
	return rows.map((row) => row.offer_id);
}

/** Pieces left of every offer of these listings; null: unlimited. `root`: the listing, of a flash deal the one that it is of. */
export async function stockOf(db: Queryable, listingIds: readonly string[]): Promise<{ root: string; offer_id: string; left: number | null }[]> {
	const { rows } = await db.query<{ root: string; offer_id: string; stock: string }>(
		`select coalesce(l.deal_of, l.listing_id) as root, o.offer_id, o.stock from shop.offers o join shop.listings l on l.listing_id = o.listing_id
		 where l.listing_id = any($1::numeric[])`,
		[listingIds],
	);
	return rows.map(({ root, offer_id, stock }) => ({ root, offer_id, left: BigInt(stock) === UNLIMITED_STOCK ? null : Number(stock) }));
}

/** The listing; of a flash deal the one that it is of. */
export async function rootOf(db: Queryable, listingId: string): Promise<string> {
	const { rows } = await db.query<{ root: string }>('select coalesce(deal_of, listing_id) as root from shop.listings where listing_id = $1', [listingId]);
	return rows[0]?.root ?? listingId;
}
