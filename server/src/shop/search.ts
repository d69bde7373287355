import type { ListingFilter } from '@kaishi/protocol/shop';
import { type Address, getAddress, isAddress } from 'viem';
import type { Queryable } from '../platform/db/database.ts';
import { decodeCursor } from '../platform/db/page.ts';
import { LISTING_COLUMNS, type ListingRow } from './query.ts';

/** Decimals by currency, so that prices in different tokens sort by what people read. */
export type DecimalsOf = ReadonlyMap<Address, number>;

export type FoundListing = ListingRow & { rank: string };

const MAX_WORDS = 6;
const SCALE = 36;

/** Listings that fit `filter`, one more than `limit`; `rank` is the value they are sorted by. */
export async function searchListings(db: Queryable, filter: ListingFilter, decimals: DecimalsOf, limit: number): Promise<FoundListing[]> {
	const params: unknown[] = [];
	const param = (value: unknown) => `$${params.push(value)}`;
	const where = ['l.valid', 's.valid', 'l.deal_of is null', ...conditionsOf(filter, param)];
	const descending = filter.sort !== 'priceUp';
	const rank = rankOf(filter.sort ?? 'newest', decimals, param);
	const after = decodeCursor(filter.cursor, ['numeric', 'numeric']);
	if (after) where.push(`(${rank}, l.listing_id) ${descending ? '<' : '>'} (${param(after[0])}::numeric, ${param(after[1])}::numeric)`);
	const direction = descending ? 'desc' : 'asc';
	const { rows } = await db.query<FoundListing>(
		`select ${LISTING_COLUMNS}, ${rank} as rank from shop.listings l join shop.shops s on s.shop_id = l.shop_id
		 where ${where.join(' and ')} order by ${rank} ${direction}, l.listing_id ${direction} limit ${param(limit + 1)}`,
		params,
	);
	return rows;
}

function conditionsOf(filter: ListingFilter, param: (value: unknown) => string): string[] {
	const where: string[] = [];
	if (!filter.includeDelisted) where.push('l.listed');
	if (filter.category) where.push(`l.category = ${param(filter.category)}`);
	if (filter.kind) where.push(`l.kind = ${param(filter.kind)}`);
	if (filter.shopId !== undefined) where.push(/^\d{1,78}$/.test(filter.shopId) ? `l.shop_id = ${param(filter.shopId)}` : 'false');
	if (filter.currency !== undefined) where.push(isAddress(filter.currency, { strict: false }) ? `l.currency = ${param(getAddress(filter.currency))}` : 'false');
	if (filter.inStock) where.push('exists (select 1 from shop.offers o where o.listing_id = l.listing_id and o.stock > 0)');
	for (const word of wordsOf(filter.query)) {
		const pattern = param(`%${word.replace(/[\\%_]/g, '\\$&')}%`);
		where.push(`(l.search like ${pattern} or s.search like ${pattern})`);
	}
	return where;
}

/** Folded as the stored text is; NUL cannot be in a parameter. */
function wordsOf(query: string | undefined): string[] {
	return (query ?? '').replaceAll('\u0000', ' ').toWellFormed().normalize('NFKC').toLowerCase().slice(0, 200).split(/\s+/).filter(Boolean).slice(0, MAX_WORDS);
}

function rankOf(sort: NonNullable<ListingFilter['sort']>, decimals: DecimalsOf, param: (value: unknown) => string): string {
	if (sort === 'newest') return 'l.published_at::numeric';
	if (sort === 'popular') return 'l.sold';
	const addresses = param([...decimals.keys()]);
	const scales = param([...decimals.values()].map((places) => (10n ** BigInt(SCALE - places)).toString()));
	return `l.min_price * coalesce((select c.scale from unnest(${addresses}::text[], ${scales}::numeric[]) as c (address, scale) where c.address = l.currency), 1)`;
}
