import type { ListingView, ShopReads, ShopSummary, ShopView } from '@kaishi/protocol/shop';
import { offerIdOf, shopRoles } from '@kaishi/protocol/shop';
import { type Address, getAddress, isAddress } from 'viem';
import type { Queryable } from '../platform/db/database.ts';
import { pageSize, toPage } from '../platform/db/page.ts';
import { toProof } from '../platform/indexer/proof.ts';
import {
	findListing,
	findShop,
	findShops,
	findVersions,
	historyOf,
	type ListingRow,
	listShops,
	mayAct,
	type OfferRow,
	offersOf,
	type ShopRow,
	shopsOfAccount,
	staffOf,
	standingOf,
} from './query.ts';
import { type DecimalsOf, searchListings } from './search.ts';
import { type MediaViews, parseListing, parseProfile, pictureOf, profilePictures, type Ratings, toListingCard, toOfferView, toShopSummary } from './view.ts';
import { toGuardView, toStaffView } from './view-treasury.ts';
import { backInStock } from './waits.ts';

export interface ShopContext {
	db: Queryable;
	media: MediaViews;
	ratings: Ratings;
	decimals: DecimalsOf;
	/** Chain time, Unix seconds. */
	now(): number;
}

const ALL_ROLES = shopRoles.catalogue | shopRoles.orders | shopRoles.live | shopRoles.money;
const isId = (id: string) => /^\d{1,78}$/.test(id);

export function createShopReads(context: ShopContext): ShopReads {
	const { db } = context;
	return {
		async shop(slugOrId) {
			const row = await findShop(db, slugOrId);
			return row?.valid ? shopView(context, row) : null;
		},
		async shops(filter = {}) {
			return summaries(context, await listShops(db, filter.sort ?? 'newest', pageSize(filter.limit, 24, 100)));
		},
		async shopsOf(account) {
			if (!isAddress(account, { strict: false })) return [];
			const rows = await shopsOfAccount(db, getAddress(account));
			const shown = await summaries(context, rows);
			return rows.map((row, i) => ({ shop: shown[i] as ShopSummary, owner: row.is_owner, roles: row.is_owner ? ALL_ROLES : row.roles }));
		},
		backInStock: (account) => backInStock(db, getAddress(account)),
		async listing(id) {
			const row = isId(id) ? await findListing(db, id) : null;
			return row && listingView(context, row);
		},
		async listings(filter) {
			const limit = pageSize(filter.limit, 24, 60);
			const rows = await searchListings(db, filter, context.decimals, limit);
			const contents = new Map(rows.map((row) => [row.listing_id, parseListing(row.body)]));
			const cids = [...contents.values()].flatMap((content) => content.media.slice(0, 1).map((item) => item.cid));
			const [media, ratings] = await Promise.all([context.media(cids), context.ratings.ofListings(rows.map((row) => row.listing_id))]);
			return toPage(
				rows,
				limit,
				(row) => toListingCard(row, contents.get(row.listing_id) ?? parseListing(row.body), media, ratings),
				(row) => [row.rank, row.listing_id],
			);
		},
		async can(shopId, account, role) {
			return isId(shopId) && isAddress(account, { strict: false }) && mayAct(db, shopId, getAddress(account), role);
		},
	};
}

async function summaries(context: ShopContext, rows: readonly ShopRow[]): Promise<ShopSummary[]> {
	const cids = rows.flatMap((row) => profilePictures(parseProfile(row.profile)));
	const [media, ratings] = await Promise.all([context.media(cids), context.ratings.ofShops(rows.map((row) => row.shop_id))]);
	return rows.map((row) => toShopSummary(row, media, ratings));
}

async function shopView(context: ShopContext, row: ShopRow): Promise<ShopView | null> {
	const profile = parseProfile(row.profile);
	if (profile === null) return null;
	const [[summary], staff, standing] = await Promise.all([
		summaries(context, [row]),
		staffOf(context.db, row.shop_id, Math.floor(context.now() / 86_400)),
		standingOf(context.db, row.shop_id),
	]);
	return {
		...(summary as ShopSummary),
		about: profile.about ?? null,
		owner: row.owner as Address,
		payout: row.payout as Address,
		staff: staff.map(toStaffView),
		guard: toGuardView(row),
		openedAt: row.opened_at,
		onTimeRate: standing.on_time,
		disputeRate: standing.disputed,
		proof: toProof(row),
		profile,
	};
}

async function listingView(context: ShopContext, row: ListingRow): Promise<ListingView> {
	const { db } = context;
	const content = parseListing(row.body);
	const [media, ratings, offers, history, shops] = await Promise.all([
		context.media(content.media.map((item) => item.cid)),
		context.ratings.ofListings([row.listing_id]),
		row.listed ? offersOf(db, row.listing_id) : lastOffers(context, row),
		historyOf(db, row.listing_id),
		findShops(db, [row.shop_id]),
	]);
	const [shopSummary] = await summaries(context, [...shops.values()]);
	return {
		...toListingCard(row, content, media, ratings),
		description: content.description ?? null,
		media: content.media.map((item) => pictureOf(item, media)),
		options: content.options,
		offers: offers.map((offer) => toOfferView(offer, content, context.now())),
		attributes: content.attributes ?? [],
		taxClass: content.taxClass ?? null,
		parcel: content.parcel ?? null,
		customs: content.customs ?? null,
		perAccount: content.perAccount ?? null,
		dealOf: row.deal_of,
		version: row.version,
		publishedAt: row.published_at,
		updatedAt: row.updated_at,
		proof: toProof(row),
		history: history.map((version) => ({ version: version.version, at: version.at, proof: toProof(version) })),
		shopSummary: shopSummary as ShopSummary,
	};
}

/** A delisted listing has no offers on the chain any more: its last terms are shown, with nothing left. */
async function lastOffers(context: ShopContext, row: ListingRow): Promise<OfferRow[]> {
	const [version] = await findVersions(context.db, [{ listingId: row.listing_id, version: row.version }]);
	const terms = version ? (JSON.parse(version.terms) as unknown[]) : [];
	return terms.map((one, variant) => ({
		offer_id: offerIdOf(BigInt(row.listing_id), variant).toString(),
		variant,
		terms: JSON.stringify(one),
		stock: '0',
		pledged_to: null,
		pledged_until: null,
		deal_from: null,
		deal_per_buyer: null,
	}));
}
