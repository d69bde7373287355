// owns: shops, staff, listings with every version, offers and their stock
// listens: Shop.*, Catalog.*, OrderBook.Order* (stock, pieces sold, a shop's standing)
// emits: topics catalog, shop:<id>, listing:<id>
import type { OfferTermsWire } from '@kaishi/protocol/order';
import { inLocale, type LocalText, locales } from '@kaishi/protocol/platform/local-text';
import type { MediaView } from '@kaishi/protocol/platform/media';
import type { Proof } from '@kaishi/protocol/platform/proof';
import type { ListingContent, MediaItem, ShopProfile } from '@kaishi/protocol/shop';
import type { Queryable } from '../platform/db/database.ts';
import { toProof } from '../platform/indexer/proof.ts';
import { findProfilesAt, findShops, findVersions } from './query.ts';
import { type MediaViews, parseListing, parseProfile, pictureOfCid, shopNameOf } from './view.ts';

export { createDealEnder, type DealKeeperContext } from './jobs.ts';
export { createShopProjection } from './project.ts';
export {
	accountsWithRole,
	countOutOfStock,
	countsOf as countShopsAndListings,
	guardedShops,
	hasListing,
	mayAct,
	ownerOf,
	perAccountOf,
	rootOf,
	runningDeals,
	shopsActedFor,
	stockOf,
	tenureOf,
} from './query.ts';
export { createShopReads, type ShopContext } from './reads.ts';
export { shopRoutes } from './routes.ts';
export { waitRoutes } from './routes-waits.ts';
export type { DecimalsOf } from './search.ts';
export { shopMigrations, shopTables } from './tables.ts';
export { type MediaViews, NO_RATING, pictureOf, type Ratings } from './view.ts';
export { countBackUnseen, takeDueWaits } from './waits.ts';

/** A listing as it stood in one version; what an order refers to for good. */
export interface ListingVersion {
	listingId: string;
	version: number;
	/** Null when the bytes on the chain are not a listing. */
	content: ListingContent | null;
	contentBytes: Buffer;
	terms: OfferTermsWire[];
	proof: Proof;
}

export const versionKey = (listingId: string, version: number) => `${listingId}/${version}`;

/** By `versionKey`. */
export async function listingVersions(db: Queryable, wanted: readonly { listingId: string; version: number }[]): Promise<Map<string, ListingVersion>> {
	const rows = await findVersions(db, wanted);
	return new Map(
		rows.map((row) => [
			versionKey(row.listing_id, row.version),
			{
				listingId: row.listing_id,
				version: row.version,
				content: row.valid ? parseListing(row.body) : null,
				contentBytes: row.content,
				terms: JSON.parse(row.terms) as OfferTermsWire[],
				proof: toProof(row),
			},
		]),
	);
}

/** Terms of one variant as published in `version`; null when there was none. */
export async function publishedTerms(db: Queryable, listingId: string, version: number, variant: number): Promise<OfferTermsWire | null> {
	const { rows } = await db.query<{ terms: string | null }>(
		'select terms::json -> $3::int as terms from shop.listing_versions where listing_id = $1 and version = $2',
		[listingId, version, variant],
	);
	return (rows[0]?.terms ?? null) as OfferTermsWire | null;
}

/** A shop's profile as it stood on the chain before something happened. */
export interface ProfileVersion {
	/** Null when the bytes on the chain were not a profile. */
	content: ShopProfile | null;
	proof: Proof;
}

/** The profile in force right before each moment; by the moment's `key`. */
export async function profilesAt(
	db: Queryable,
	moments: readonly { key: string; shopId: string; blockNumber: number; logIndex: number }[],
): Promise<Map<string, ProfileVersion>> {
	const rows = await findProfilesAt(db, moments);
	return new Map(rows.map((row) => [row.key, { content: row.valid ? parseProfile(row.profile) : null, proof: toProof(row) }]));
}

export interface ShopName {
	id: string;
	slug: string;
	name: LocalText;
}

export async function shopNames(db: Queryable, ids: readonly string[]): Promise<Map<string, ShopName>> {
	const rows = await findShops(db, ids);
	return new Map([...rows].map(([id, row]) => [id, { id, slug: row.slug, name: shopNameOf(parseProfile(row.profile), row.slug) }]));
}

/** What listings are called now; by id. */
export async function titlesOf(db: Queryable, ids: readonly string[]): Promise<Map<string, LocalText>> {
	const { rows } = await db.query<{ listing_id: string; title: LocalText | null }>(
		`select listing_id, body::json -> 'title' as title from shop.listings where listing_id = any($1::numeric[]) and valid`,
		[[...new Set(ids)]],
	);
	return new Map(rows.map((row) => [row.listing_id, row.title ?? {}]));
}

export interface ShopFace extends ShopName {
	logo: MediaView | null;
}

/** Shops as they are named and pictured in lists; by id. */
export async function shopFaces(db: Queryable, media: MediaViews, ids: readonly string[]): Promise<Map<string, ShopFace>> {
	const rows = await findShops(db, ids);
	const profiles = new Map([...rows].map(([id, row]) => [id, parseProfile(row.profile)]));
	const logos = await media([...profiles.values()].flatMap((profile) => profile?.logo ?? []));
	return new Map(
		[...rows].map(([id, row]) => {
			const profile = profiles.get(id) ?? null;
			return [id, { id, slug: row.slug, name: shopNameOf(profile, row.slug), logo: pictureOfCid(profile?.logo, logos) }];
		}),
	);
}

export interface VariantView {
	title: LocalText;
	/** Values of the variant, joined; null when the listing does not vary. */
	variant: LocalText | null;
	kind: 'physical' | 'digital';
	picture: MediaItem | null;
}

/** How one variant of a version is named and pictured. Unreadable contents are named as such. */
export function describeVariant(version: ListingVersion | undefined, variant: number): VariantView {
	const content = version?.content;
	if (!content) return { title: { en: 'Unreadable listing', 'zh-CN': '无法读取的商品' }, variant: null, kind: 'physical', picture: null };
	const chosen = content.variants[variant];
	return {
		title: content.title,
		variant: chosen && chosen.values.length > 0 ? joinTexts(chosen.values) : null,
		kind: content.kind,
		picture: content.media[chosen?.media ?? 0] ?? content.media[0] ?? null,
	};
}

/** In each language that one of the texts has; a text that lacks it stands in its other one. */
function joinTexts(texts: readonly LocalText[]): LocalText {
	const joined: LocalText = {};
	for (const locale of locales) {
		if (texts.some((text) => text[locale] !== undefined)) joined[locale] = texts.map((text) => inLocale(text, locale)).join(' · ');
	}
	return joined;
}
