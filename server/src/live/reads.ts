import type { BagItem, LiveReads, ShowCard, ShowView } from '@kaishi/protocol/live';
import type { ListingView, ShopReads } from '@kaishi/protocol/shop';
import { type Address, isAddressEqual } from 'viem';
import type { Queryable } from '../platform/db/database.ts';
import { pageSize, toPage } from '../platform/db/page.ts';
import { type MediaViews, ownerOf, shopFaces } from '../shop/public.ts';
import { clipsOf, findClip, toClipViews } from './replay/clips.ts';
import { placeInReplay } from './replay/gaps.ts';
import { mayHost, mayModerate } from './room/access.ts';
import { withDeals } from './room/deals.ts';
import { readDesk } from './room/desk.ts';
import { readFigures, readReport } from './room/figures.ts';
import { bagOf, findShow, linesOf, listInvitations, listReminded, listShows, pinsOf, type ShowRow } from './room/query.ts';
import { toPinView, toState } from './room/views.ts';

export interface LiveReadsContext {
	db: Queryable;
	media: MediaViews;
	shops: Pick<ShopReads, 'listing'>;
	/** Chain time, Unix seconds. */
	now(): number;
}

const LINES = 100;
const LISTING_MS = 1000;

/** What the tables say of shows, as pages and routes ask it; who may see figures and desk is asked here. */
export function createLiveReads(context: LiveReadsContext): LiveReads {
	const { db, now } = context;
	const find = rememberListings((id) => context.shops.listing(id));
	const bag = async (id: string) => withDeals(db, await readBag(db, find, id), now());
	const host = async (id: string, account: Address) => {
		const show = await findShow(db, id);
		return show !== null && (await mayHost(db, show, account)) ? show : null;
	};
	const reads: LiveReads = {
		async show(id) {
			const row = await findShow(db, id);
			return row && showView(context, row, await bag(id));
		},
		async shows(filter) {
			const limit = pageSize(filter.limit, 24, 60);
			const rows = await listShows(db, filter, limit, now());
			const cards = new Map((await toCards(context, rows)).map((card) => [card.id, card]));
			return toPage(
				rows,
				limit,
				(row) => cards.get(row.show_id) as ShowCard,
				(row) => [row.rank, row.show_id],
			);
		},
		bag,
		lines: (id, before) => linesOf(db, id, before ?? null, LINES),
		async clip(id) {
			const clip = await findClip(db, id);
			return clip && ((await toClipViews([clip], context.media))[0] ?? null);
		},
		clips: async (showId) => toClipViews(await clipsOf(db, showId), context.media),
		mayHost: async (id, account) => (await host(id, account)) !== null,
		async mayModerate(id, account) {
			const show = await findShow(db, id);
			return show !== null && mayModerate(db, show, account);
		},
		async desk(id, viewer) {
			const show = await findShow(db, id);
			if (!show || !(await mayModerate(db, show, viewer))) return null;
			return readDesk(db, show, await showView(context, show, await bag(id)), viewer);
		},
		async figures(id, viewer) {
			return (await host(id, viewer)) && readFigures(db, id);
		},
		async report(id, viewer) {
			const show = await host(id, viewer);
			return show && readReport(db, show, (await toCards(context, [show]))[0] as ShowCard);
		},
		async invitationsOf(account) {
			const rows = await listInvitations(db, account, now());
			const cards = await toCards(context, rows);
			return cards.map((show, i) => ({ show, hosts: rows[i]?.hosts ?? false, accepted: rows[i]?.yes ?? false }));
		},
		remindersOf: async (account) => toCards(context, await listReminded(db, account)),
		async reminded(id, account) {
			return (await db.query('select 1 from live.reminders where show_id = $1 and account = $2', [id, account])).rows.length > 0;
		},
	};
	return reads;
}

type FindListing = ShopReads['listing'];

/** Thousands who come at once ask for the same goods. */
function rememberListings(find: FindListing): FindListing {
	const known = new Map<string, { at: number; listing: ReturnType<FindListing> }>();
	return (id) => {
		const now = performance.now();
		for (const [old, { at }] of known) if (now - at > LISTING_MS) known.delete(old);
		const found = known.get(id);
		if (found) return found.listing;
		const listing = find(id);
		known.set(id, { at: now, listing });
		listing.catch(() => known.delete(id));
		return listing;
	};
}

async function readBag(db: Queryable, find: FindListing, id: string): Promise<BagItem[]> {
	const listings = await Promise.all((await bagOf(db, id)).map(find));
	return listings.flatMap((listing, i) => (listing === null ? [] : [toBagItem(listing, i + 1)]));
}

function toBagItem(listing: ListingView, position: number): BagItem {
	const { id, shop, title, image, category, kind, price, priceVaries, stock, sold, rating, listed } = listing;
	return {
		position,
		listing: { id, shop, title, image, category, kind, price, priceVaries, stock, sold, rating, listed },
		offers: listing.offers.map(({ offerId, variant, values, terms, stock: left }) => ({
			offerId,
			variant,
			values,
			unitPrice: { currency: terms.currency, amount: terms.unitPrice },
			left,
			affiliateBps: terms.affiliateBps,
			deal: null,
		})),
	};
}

async function toCards({ db, media }: LiveReadsContext, rows: readonly ShowRow[]): Promise<ShowCard[]> {
	const [faces, covers] = await Promise.all([
		shopFaces(
			db,
			media,
			rows.map((row) => row.shop_id),
		),
		media(rows.flatMap((row) => row.cover ?? [])),
	]);
	return rows.map((row) => ({
		...toState(row),
		shop: faces.get(row.shop_id) ?? { id: row.shop_id, slug: row.shop_id, name: { en: row.shop_id }, logo: null },
		cover: row.cover === null ? null : (covers.get(row.cover) ?? null),
		goods: row.goods,
		viewers: row.status === 'ended' ? 0 : row.viewers,
		peak: row.peak,
		likes: row.likes,
		replay: row.replay_ms === null ? null : { durationMs: row.replay_ms },
		reminders: row.reminders,
	}));
}

async function showView(context: LiveReadsContext, row: ShowRow, bag: BagItem[]): Promise<ShowView> {
	const { db } = context;
	const [[card], pins, owned] = await Promise.all([toCards(context, [row]), pinsOf(db, row.show_id), ownerOf(db, row.shop_id)]);
	const pinned = pins.find((pin) => pin.until === null);
	const titles = new Map(bag.map(({ listing }) => [listing.id, listing.title]));
	const { replay_from: from, replay_ms: durationMs } = row;
	const chapters = (start: number) =>
		pins.map(({ listing_id, since }) => ({ listingId: listing_id, title: titles.get(listing_id) ?? {}, atMs: placeInReplay(start, row.replay_gaps, since) }));
	return {
		...(card as ShowCard),
		coHosts: row.accepted,
		bag,
		pin: pinned ? toPinView(pinned) : null,
		replay: from === null || durationMs === null ? null : { durationMs, startedAtMs: from, chapters: chapters(from) },
		affiliate: owned !== null && isAddressEqual(owned, row.host) ? null : row.host,
	};
}
