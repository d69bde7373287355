import type { MarketInfo } from '@kaishi/protocol/discovery';
import { type OfferTerms, REMEDY_EXCHANGE, REMEDY_REFUND_ONLY } from '@kaishi/protocol/order';
import type { MediaView } from '@kaishi/protocol/platform/media';
import { parseAmount } from '@kaishi/protocol/platform/money';
import { codeOfCurrency } from '@kaishi/protocol/platform/rates';
import { type ListingContent, offerIdOf, type ShopProfile } from '@kaishi/protocol/shop';
import { type Address, zeroAddress } from 'viem';
import { openShop, publishListing } from '../actors/index.ts';
import type { Cast } from './cast.ts';
import { both, type Coin, type Goods, isLoose, type SeededShop } from './data/goods.ts';
import { shops } from './data/shops.ts';
import { drawDownload } from './downloads.ts';
import type { ShopPictures } from './pictures.ts';

const DAY = 86_400;
const HOUR = 3_600;

/** A listing as the story needs it: where to buy, and how many are left. */
export interface Shelf {
	shop: SeededShop;
	goods: Goods;
	shopId: bigint;
	listingId: bigint;
	content: ListingContent;
	/** `version` is the one on sale now. */
	offers: { offerId: bigint; version: number; terms: OfferTerms; left: number }[];
}

/** Opens a shop and fills its shelves, all by its owner's signatures. */
export async function stockShop(cast: Cast, market: MarketInfo, shop: SeededShop, pictures: ShopPictures): Promise<Shelf[]> {
	const profile = profileOf(shop, pictures);
	const shopId = await cast.inTurn(shop.owner, (owner) => openShop(owner, { slug: shop.slug, profile }));
	const shelves: Shelf[] = [];
	for (const [i, goods] of shop.goods.entries()) {
		const content = contentOf(goods, pictures.goods[i] ?? []);
		const terms = await termsOf(cast, market, shop, goods);
		const stocks = goods.variants.map((variant) => variant.stock);
		const listingId = await cast.inTurn(shop.owner, (owner) => publishListing(owner, { shopId, content, terms, stocks }));
		const offers = terms.map((one, variant) => ({
			offerId: offerIdOf(listingId, variant),
			version: 1,
			terms: one,
			left: stocks[variant] ?? Number.POSITIVE_INFINITY,
		}));
		shelves.push({ shop, goods, shopId, listingId, content, offers });
		if (goods.kind === 'digital') await uploadDownload(cast, shop, goods, i, listingId);
	}
	return shelves;
}

function profileOf(shop: SeededShop, { logo, banner }: ShopPictures): ShopProfile {
	const { kind, country, theme } = shop;
	return { name: both(shop.name), tagline: both(shop.tagline), about: both(shop.about), kind, country, theme, logo: logo.cid, banner: banner.cid };
}

/** The listing's public words and pictures, in the form that goes on the chain. */
export function contentOf(goods: Goods, pictures: readonly Pick<MediaView, 'cid' | 'width' | 'height'>[]): ListingContent {
	const [en, zh] = goods.title;
	const closer = [`${en}, seen closer`, `${zh}，近看`] as const;
	return {
		title: both(goods.title),
		description: both(goods.text),
		category: goods.category,
		kind: goods.kind ?? 'physical',
		media: pictures.map(({ cid, width, height }, i) => ({ cid, width, height, alt: both(i === 0 ? goods.title : closer) })),
		options: (goods.options ?? []).map(both),
		variants: goods.variants.map(({ values }) => ({ values: values.map(both) })),
		...(goods.facts ? { attributes: goods.facts.map(([name, value]) => ({ name: both(name), value: both(value) })) } : {}),
	};
}

/** Half of the shops sell under the house court; the others still name the arbitrator whom the world's past disputes were ruled by. */
const namesCourt = (shop: SeededShop): boolean => shops.indexOf(shop) % 2 === 1;

async function termsOf(cast: Cast, market: MarketInfo, shop: SeededShop, goods: Goods): Promise<OfferTerms[]> {
	const coin = goods.coin ?? shop.coin;
	const { address: currency, decimals } = currencyOf(market, coin);
	const splits = shop.split ? [{ recipient: await cast.addressOf(shop.split.person), bps: shop.split.bps }] : [];
	return goods.variants.map(({ price }) => ({
		currency,
		unitPrice: parseAmount(price, decimals),
		shippingPrice: goods.kind === 'digital' || isLoose(coin) ? 0n : parseAmount(shop.shipping, decimals),
		returnShippingPrice: 0n,
		shipDate: 0,
		shipBySeconds: shop.shipByDays * DAY,
		confirmBySeconds: shop.confirmByDays * DAY,
		cancelSeconds: shop.cancelHours * HOUR,
		returnSeconds: shop.returnDays * DAY,
		warrantySeconds: 0,
		restockingBps: goods.kind === 'digital' ? 0 : (shop.restockingBps ?? 0),
		warrantyBps: 0,
		remedies: goods.kind === 'digital' || !shop.remedy ? 0 : shop.remedy === 'exchange' ? REMEDY_EXCHANGE : REMEDY_REFUND_ONLY,
		affiliateBps: shop.affiliateBps ?? 0,
		arbitrator: namesCourt(shop) ? market.contracts.court : (market.arbitrators[0] ?? zeroAddress),
		splits,
	}));
}

function currencyOf(market: MarketInfo, coin: Coin): { address: Address; decimals: number } {
	if (coin === 'native') return market.currencies.find((one) => one.address === zeroAddress) ?? { address: zeroAddress, decimals: 18 };
	const found = market.currencies.find((one) => codeOfCurrency(one) === coin.toUpperCase());
	if (!found) throw new Error(`the market does not accept ${coin}`);
	return found;
}

/** The file that buyers of a digital good get. */
async function uploadDownload(cast: Cast, shop: SeededShop, goods: Goods, index: number, listingId: bigint): Promise<void> {
	const file = drawDownload(shop, goods, index);
	const owner = await cast.signedIn(shop.owner);
	const answer = await owner.client.fetch(`/api/listings/${listingId}/download?name=${encodeURIComponent(file.name)}`, {
		method: 'PUT',
		body: new Uint8Array(file.bytes),
	});
	if (!answer.ok) throw new Error(`the download of ${goods.title[0]} was answered with ${answer.status}: ${await answer.text()}`);
}
