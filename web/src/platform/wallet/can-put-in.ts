import type { MarketInfo } from '@kaishi/protocol/discovery';

/** How a token's authorizations (ERC-3009) are signed; null for one that takes none. */
export function authorizationOf({ currencies }: MarketInfo, currency: string) {
	return currencies.find(({ address }) => address.toLowerCase() === currency.toLowerCase())?.authorization ?? null;
}

/** Whether a wallet can put a currency into its balance in the market by signatures alone. */
export const canPutIn = (market: MarketInfo, currency: string): boolean => authorizationOf(market, currency) !== null;
