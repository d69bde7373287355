import type { Viewer } from '@kaishi/protocol/account';
import type { MarketInfo } from '@kaishi/protocol/discovery';
import type { Money } from '@kaishi/protocol/platform/money';
import type { ListingView, OfferView } from '@kaishi/protocol/shop';
import type { TabView } from '@kaishi/protocol/tab';
import { api } from '#platform/api/client.ts';

/** What a purchase in the room needs to know, asked for when somebody opens a product. */
export interface BuyFacts {
	listing: ListingView;
	tabs: TabView[];
	balances: Money[];
	held: Money[];
}

/** Throws `Refusal`. */
export async function fetchBuyFacts(listingId: string, viewer: Viewer | null): Promise<BuyFacts> {
	const account = viewer?.address;
	const [listing, tabs, balances, held] = await Promise.all([
		api.get<ListingView>(`/api/listings/${listingId}`),
		account ? api.get<TabView[]>(`/api/accounts/${account}/tabs`) : [],
		account ? api.get<Money[]>(`/api/accounts/${account}/balances`) : [],
		account ? api.get<{ held: Money[] }>(`/api/accounts/${account}`).then((view) => view.held) : [],
	]);
	return { listing, tabs, balances, held };
}

const amountIn = (list: readonly Money[], currency: string) =>
	BigInt(list.find((money) => money.currency.toLowerCase() === currency.toLowerCase())?.amount ?? 0);

/** What somebody has of the offer's currency: `balance` inside the market, `held` outside it. */
export const fundsFor = (facts: BuyFacts, offer: OfferView) => ({
	balance: amountIn(facts.balances, offer.terms.currency),
	held: amountIn(facts.held, offer.terms.currency),
});

/** Kept for buyers with a tab of this operator: bought with one tap, and not otherwise. @param now Unix seconds. */
export function pledgeHere(offer: OfferView, market: MarketInfo, now: number): NonNullable<OfferView['pledge']> | null {
	const { pledge } = offer;
	return pledge && pledge.until >= now && pledge.operatorId === market.operator?.id ? pledge : null;
}
