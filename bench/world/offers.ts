import type { MarketInfo } from '@kaishi/protocol/discovery';
import { catalogAbi } from '@kaishi/protocol/generated/catalog';
import type { OfferTerms } from '@kaishi/protocol/order';
import { offerIdOf } from '@kaishi/protocol/shop';
import { MarketClient, openShop, ordinaryContent, ordinaryTerms, publishListing, WalletUser } from '@kaishi/testkit';
import { encodeFunctionData } from 'viem';
import { keyOf } from './buyers.ts';

/** Something on sale, in a shop of its own. */
export interface Offer {
	shopId: bigint;
	listingId: bigint;
	offerId: bigint;
	terms: OfferTerms;
	/** Null: without end. */
	stock: number | null;
}

export interface Wish {
	slug: string;
	unitPrice: bigint;
	stock: number | null;
	/** To whom the stock is pledged, and until when (Unix seconds). */
	pledge: { operatorId: number; until: number } | null;
}

/** A seller opens a shop and puts one thing on sale in it, as sellers do: through the market's own doors. */
export async function offer(origin: string, wish: Wish): Promise<Offer> {
	const client = new MarketClient(origin);
	const seller = new WalletUser(client, keyOf(`seller of ${wish.slug}`).privateKey);
	const shopId = await openShop(seller, { slug: wish.slug });
	const terms = await ordinaryTerms(seller, { unitPrice: wish.unitPrice, shippingPrice: 0n });
	const content = { ...ordinaryContent, title: { en: `Drop ${wish.slug}`, 'zh-CN': `抢购 ${wish.slug}` } };
	const listingId = await publishListing(seller, { shopId, content, terms: [terms], stocks: [wish.stock] });
	const offerId = offerIdOf(listingId, 0);
	if (wish.pledge) {
		const { operatorId, until } = wish.pledge;
		const data = encodeFunctionData({ abi: catalogAbi, functionName: 'pledge', args: [offerId, operatorId, until] });
		await seller.execute([{ to: (await client.market()).contracts.catalog, data }]);
	}
	return { shopId, listingId, offerId, terms, stock: wish.stock };
}

/** The currency that `ordinaryTerms` sells for. */
export function currencyOf(info: MarketInfo): MarketInfo['currencies'][number] {
	const currency = info.currencies.find((one) => one.authorization) ?? info.currencies[0];
	if (!currency) throw new Error('the market accepts no currency');
	return currency;
}
