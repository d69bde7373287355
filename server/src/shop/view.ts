import type { OfferTermsWire } from '@kaishi/protocol/order';
import type { LocalText } from '@kaishi/protocol/platform/local-text';
import type { MediaView } from '@kaishi/protocol/platform/media';
import type { RatingSummary } from '@kaishi/protocol/review';
import type { Category, ListingCard, ListingContent, MediaItem, OfferDeal, OfferView, ShopProfile, ShopSummary } from '@kaishi/protocol/shop';
import { dealEnd, UNLIMITED_STOCK } from '@kaishi/protocol/shop';
import type { Address } from 'viem';
import type { ListingRow, OfferRow, ShopRow } from './query.ts';

/** Pictures by the CID of their manifest. */
export type MediaViews = (cids: string[]) => Promise<Map<string, MediaView>>;

/** What reviews add up to; answered by a later domain. */
export interface Ratings {
	ofListings(ids: readonly string[]): Promise<Map<string, RatingSummary>>;
	ofShops(ids: readonly string[]): Promise<Map<string, RatingSummary>>;
}

export const NO_RATING: RatingSummary = { count: 0, average: null, histogram: [0, 0, 0, 0, 0] };

export const parseProfile = (json: string) => JSON.parse(json) as ShopProfile | null;
export const parseListing = (json: string) => JSON.parse(json) as ListingContent;

/** A shop whose profile does not read goes by its slug where it has to be named at all. */
export function shopNameOf(profile: ShopProfile | null, slug: string): LocalText {
	return profile?.name ?? { en: slug };
}

export function pictureOf(item: MediaItem, media: Map<string, MediaView>): MediaView {
	const stored = media.get(item.cid) ?? { cid: item.cid, width: 0, height: 0, alt: null, renditions: [], blur: '' };
	// Sizes stand on the chain too, so the page keeps the place free even when this operator lacks the picture.
	return { ...stored, width: stored.width || item.width, height: stored.height || item.height, alt: item.alt ?? null };
}

export function pictureOfCid(cid: string | undefined, media: Map<string, MediaView>): MediaView | null {
	return cid === undefined ? null : (media.get(cid) ?? { cid, width: 0, height: 0, alt: null, renditions: [], blur: '' });
}

export function profilePictures(profile: ShopProfile | null): string[] {
	return [profile?.logo, profile?.banner].filter((cid) => cid !== undefined);
}

export function toShopSummary(row: ShopRow, media: Map<string, MediaView>, ratings: Map<string, RatingSummary>): ShopSummary {
	const profile = parseProfile(row.profile);
	return {
		id: row.shop_id,
		slug: row.slug,
		name: shopNameOf(profile, row.slug),
		tagline: profile?.tagline ?? null,
		kind: profile?.kind ?? 'c2c',
		country: profile?.country ?? null,
		logo: pictureOfCid(profile?.logo, media),
		banner: pictureOfCid(profile?.banner, media),
		theme: profile?.theme ?? 'vermilion',
		rating: ratings.get(row.shop_id) ?? NO_RATING,
		completedOrders: row.completed_orders,
		listingCount: row.listing_count,
	};
}

export function toListingCard(row: ListingRow, content: ListingContent, media: Map<string, MediaView>, ratings: Map<string, RatingSummary>): ListingCard {
	const first = content.media[0];
	return {
		id: row.listing_id,
		shop: { id: row.shop_id, slug: row.slug, name: shopNameOf(parseProfile(row.shop_profile), row.slug) },
		title: content.title,
		image: first ? pictureOf(first, media) : null,
		category: row.category as Category,
		kind: row.kind as 'physical' | 'digital',
		price: { currency: row.currency as Address, amount: row.min_price },
		priceVaries: row.price_varies,
		stock: row.stock === null ? null : Number(row.stock),
		sold: Number(row.sold),
		rating: ratings.get(row.listing_id) ?? NO_RATING,
		listed: row.listed,
	};
}

/** @param now chain time: a pledge that is over is none. */
export function toOfferView(row: OfferRow, content: ListingContent, now: number): OfferView {
	const variant = content.variants[row.variant];
	return {
		offerId: row.offer_id,
		variant: row.variant,
		values: variant?.values ?? [],
		sku: variant?.sku ?? null,
		media: variant?.media ?? null,
		terms: JSON.parse(row.terms) as OfferTermsWire,
		stock: BigInt(row.stock) === UNLIMITED_STOCK ? null : Number(row.stock),
		pledge: pledgeOf(row, now),
		deal: dealOf(row, now),
	};
}

/** A deal that anybody may buy is nobody's pledge. */
function pledgeOf({ pledged_to: operatorId, pledged_until: until }: OfferRow, now: number): OfferView['pledge'] {
	return operatorId !== null && operatorId !== 0 && until !== null && until >= now ? { operatorId, until } : null;
}

function dealOf(row: OfferRow, now: number): OfferDeal | null {
	if (row.deal_from === null || row.pledged_until === null) return null;
	const until = dealEnd(row.pledged_until, row.pledged_to ?? 0);
	return { from: row.deal_from, until, perBuyer: row.deal_per_buyer || null, over: now > until };
}
