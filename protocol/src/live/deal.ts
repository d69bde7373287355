import { encodeFunctionData } from 'viem';
import type { Call } from '../account/index.ts';
import { catalogAbi } from '../generated/catalog.ts';
import { type OfferTerms, termsToAbi } from '../order/index.ts';
import { toCanonicalHex } from '../platform/canonical-json.ts';
import type { MarketContracts } from '../platform/market-contracts.ts';
import type { ListingContent } from '../shop/index.ts';

/** A flash deal as a seller opens it: pieces of offers on sale, at a price and for a time of their own. */
export interface DealOpening {
	shopId: bigint;
	/** One variant per part. */
	content: ListingContent;
	parts: { from: bigint; terms: OfferTerms; pieces: number }[];
	/** Whose tabs alone may buy it; 0: anybody. */
	operatorId: number;
	/** Its end on the chain, Unix seconds; buyers' is `dealEnd` of it. */
	until: number;
	/** Pieces that one account may buy; 0: no limit. */
	perBuyer: number;
}

/** Publishes the deal and takes its pieces from where they come, in one call. Refused when they are not there. */
export function openDealCall({ catalog }: Pick<MarketContracts, 'catalog'>, deal: DealOpening): Call {
	const { shopId, parts, operatorId, until, perBuyer } = deal;
	const opening = {
		shopId,
		content: toCanonicalHex(deal.content),
		terms: parts.map(({ terms }) => termsToAbi(terms)),
		stocks: parts.map(({ pieces }) => pieces),
		from: parts.map(({ from }) => from),
		operatorId,
		until,
		perBuyer,
	};
	return { to: catalog, data: encodeFunctionData({ abi: catalogAbi, functionName: 'openDeal', args: [opening] }) };
}
