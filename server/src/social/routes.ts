import { createHash } from 'node:crypto';
import type { LiveReads, ShowView } from '@kaishi/protocol/live';
import { Refusal } from '@kaishi/protocol/platform/errors';
import type { MediaView } from '@kaishi/protocol/platform/media';
import { type Currency, formatAmount, type Money } from '@kaishi/protocol/platform/money';
import type { ShopReads } from '@kaishi/protocol/shop';
import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { LruMap } from '../platform/media/lru-map.ts';
import type { MediaStore } from '../platform/media/media-store.ts';
import { createWorkQueue } from '../platform/media/work-queue.ts';
import { drawFilmCard, drawShareCard, type ShareCard } from './share-picture.ts';

export interface ShareRouteOptions {
	shops: Pick<ShopReads, 'listing' | 'shop'>;
	live: Pick<LiveReads, 'show' | 'clip'>;
	store: MediaStore;
	currencies(): Promise<readonly Currency[]> | readonly Currency[];
	rateLimit?: MiddlewareHandler;
}

const CARDS_IN_MEMORY = 120;
const THEME_COLORS: Record<string, string> = { vermilion: '#d93a26', jade: '#1f7a5c', indigo: '#2f4a7d', plum: '#7a3b5e', amber: '#c98a2b', ink: '#3d3b38' };

/** `GET /og/product/:id.png`, `GET /og/shop/:slug.png`, `GET /og/live/:show.png` and `GET /og/clip/:clip.png`: what links to the market look like elsewhere. */
export function shareRoutes({ shops, live, store, currencies, rateLimit = (_, next) => next() }: ShareRouteOptions): Hono {
	const cards = new LruMap<string, Promise<Buffer>>(CARDS_IN_MEMORY);
	const queued = createWorkQueue({ atOnce: 2, waiting: 32, code: 'Social_Busy' });
	const app = new Hono();

	const send = async (c: Context, key: string, draw: () => Promise<Buffer>) => {
		const etag = `"${createHash('sha256').update(key).digest('base64url').slice(0, 22)}"`;
		const headers = { ETag: etag, 'Cache-Control': 'public, max-age=3600', 'Cross-Origin-Resource-Policy': 'cross-origin' };
		if (c.req.header('if-none-match') === etag) return c.body(null, 304, headers);
		let card = cards.get(key);
		if (!card) {
			card = queued(draw);
			cards.set(key, card);
			card.catch(() => cards.delete(key));
		}
		return c.body(new Uint8Array(await card), 200, { ...headers, 'Content-Type': 'image/png', 'X-Content-Type-Options': 'nosniff' });
	};

	const answer = (c: Context, key: string, describe: () => Promise<ShareCard>) => send(c, key, async () => drawShareCard(await describe()));

	app.get('/og/product/:file{\\d{1,30}\\.png}', rateLimit, async (c) => {
		const listing = await shops.listing(c.req.param('file').slice(0, -4));
		if (!listing) throw new Refusal('Social_NothingToShare', 'notFound');
		const { shopSummary: shop, image, price, rating } = listing;
		const tag = priceTag(price, await currencies());
		return answer(c, JSON.stringify(['product', listing.id, image?.cid, shop.logo?.cid, shop.theme, tag, rating.average]), async () => ({
			picture: await pictureOf(store, image),
			logo: await pictureOf(store, shop.logo),
			price: tag,
			stars: rating.average,
			color: THEME_COLORS[shop.theme] ?? '#d93a26',
		}));
	});

	app.get('/og/shop/:file{[a-z0-9-]{3,32}\\.png}', rateLimit, async (c) => {
		const shop = await shops.shop(c.req.param('file').slice(0, -4));
		if (!shop) throw new Refusal('Social_NothingToShare', 'notFound');
		return answer(c, JSON.stringify(['shop', shop.id, shop.banner?.cid, shop.logo?.cid, shop.theme, shop.rating.average]), async () => ({
			picture: await pictureOf(store, shop.banner ?? shop.logo),
			logo: await pictureOf(store, shop.logo),
			price: null,
			stars: shop.rating.average,
			color: THEME_COLORS[shop.theme] ?? '#d93a26',
		}));
	});

	const answerLive = (c: Context, key: string, picture: MediaView | null, logo: MediaView | null) =>
		answer(c, JSON.stringify([key, picture?.cid, logo?.cid]), async () => ({
			picture: await pictureOf(store, picture),
			logo: await pictureOf(store, logo),
			price: null,
			stars: null,
			color: '#d93a26',
		}));
	app.get('/og/live/:file{[0-9a-f]{16}\\.png}', rateLimit, async (c) => {
		const show = await live.show(c.req.param('file').slice(0, -4));
		if (!show) throw new Refusal('Social_NothingToShare', 'notFound');
		return answerLive(c, `live ${show.id}`, faceOf(show), show.shop.logo);
	});
	app.get('/og/clip/:file{[0-9a-f]{16}\\.png}', rateLimit, async (c) => {
		const clip = await live.clip(c.req.param('file').slice(0, -4));
		const show = clip && (await live.show(clip.show.id));
		if (!show) throw new Refusal('Social_NothingToShare', 'notFound');
		const poster = await pictureOf(store, clip.poster);
		if (!poster) return answerLive(c, `clip ${clip.id}`, faceOf(show), show.shop.logo);
		return send(c, JSON.stringify(['clip', clip.id, clip.poster?.cid]), () => drawFilmCard(poster));
	});
	return app;
}

const faceOf = ({ cover, bag, shop }: ShowView) => cover ?? bag[0]?.listing.image ?? shop.logo;

/** The largest rendition held here; null when there is none. */
async function pictureOf(store: MediaStore, view: MediaView | null): Promise<Uint8Array | null> {
	const [largest] = [...(view?.renditions ?? [])].sort((a, b) => b.width - a.width || a.bytes - b.bytes);
	return largest ? store.get(largest.cid) : null;
}

/** "¥168", "$28.50", or the bare amount behind a coin for currencies that follow none. */
export function priceTag({ currency, amount }: Money, currencies: readonly Currency[]): string {
	const known = currencies.find((one) => one.address.toLowerCase() === currency.toLowerCase());
	const exact = formatAmount(BigInt(amount), known?.decimals ?? 18);
	const [whole = '0', fraction = ''] = exact.split('.');
	const sign = known?.iso === 'USD' ? '$' : known?.iso === 'CNY' ? '¥' : '◎';
	const cents = known?.iso && fraction !== '' ? fraction.padEnd(2, '0').slice(0, 2) : fraction.slice(0, 6);
	return `${sign}${whole}${cents === '' ? '' : `.${cents}`}`;
}
