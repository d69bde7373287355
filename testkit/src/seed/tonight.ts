import type { ShowView } from '@kaishi/protocol/live';
import { MAX_PLEDGE_SECONDS, pledgeCall } from '@kaishi/protocol/shop';
import type { Market } from '../../../server/src/main/index.ts';
import type { Cast } from './cast.ts';
import type { SeededShop } from './data/goods.ts';
import type { Shelf } from './stock-shop.ts';
import { paysNative } from './tell.ts';

const HOUR = 3600;
const BAG = 5;
/** What is shown live, and when, hours from now. */
const SHOWS = [
	{ hours: 2, category: 'tea', title: { en: 'Tonight: the new harvest, tasted live', 'zh-CN': '今晚：新茶开汤，边泡边聊' } },
	{ hours: 26, category: 'ceramics', title: { en: 'From the workbench: questions welcome', 'zh-CN': '工作台直播：想看什么尽管问' } },
] as const;

/** What is going on when the market opens its doors: a flash sale that runs, and shows that are announced. */
export async function setUpTonight(market: Market, cast: Cast, shelves: readonly Shelf[]): Promise<void> {
	await startFlashSale(market, cast, shelves);
	for (const { hours, category, title } of SHOWS) {
		const shop = shelves.find((shelf) => shelf.content.category === category)?.shop;
		const goods = shelves.filter((shelf) => shelf.shop === shop);
		if (shop) await announceShow(market, cast, shop, goods, { title, scheduledAt: market.now() + hours * HOUR });
	}
}

/** The rarest piece that is still there and has a price in a national currency. */
async function startFlashSale(market: Market, cast: Cast, shelves: readonly Shelf[]): Promise<void> {
	const { operator, contracts } = market.deployment;
	const limited = shelves.filter((shelf) => shelf.goods.kind === 'physical' && !paysNative(shelf, 0) && (shelf.offers[0]?.left ?? 0) >= 5);
	const [rarest] = limited.toSorted((a, b) => (a.offers[0]?.left ?? 0) - (b.offers[0]?.left ?? 0));
	const offer = rarest?.offers[0];
	if (!operator || !rarest || !offer) return;
	const until = market.now() + MAX_PLEDGE_SECONDS - HOUR;
	await cast.inTurn(rarest.shop.owner, (owner) => owner.execute([pledgeCall(contracts, offer.offerId, operator.id, until)]));
}

async function announceShow(
	market: Market,
	cast: Cast,
	shop: SeededShop,
	goods: readonly Shelf[],
	wish: { title: object; scheduledAt: number },
): Promise<void> {
	const host = await cast.signedIn(shop.owner);
	const bag = goods.slice(0, BAG).map((shelf) => shelf.listingId.toString());
	const [cover] = (await market.reads.shop.listing(bag[0] ?? ''))?.media ?? [];
	await host.client.post<ShowView>('/api/live/shows', { shopId: goods[0]?.shopId.toString(), bag, cover: cover?.cid ?? null, ...wish });
}
