import { encodeFunctionData } from 'viem';
import type { Call } from '../account/index.ts';
import { catalogAbi } from '../generated/catalog.ts';
import type { MarketContracts } from '../platform/market-contracts.ts';

/** As `Catalog` bounds it; an end further away is refused. */
export const MAX_PLEDGE_SECONDS = 7 * 86_400;
/** Between ending a pledge and being free of it: what is promised until then can still be sold. */
export const UNPLEDGE_SECONDS = 600;

/** As `Catalog` has it: whose pledges are the auctions', not an operator's. */
export const AUCTION_HOUSE = 2 ** 24 - 1;

/** Kept for the winner of an auction, not for a flash sale; its seller cannot end it. */
export const isAuctionPledge = (pledge: { operatorId: number } | null): boolean => pledge?.operatorId === AUCTION_HOUSE;

type Where = Pick<MarketContracts, 'catalog'>;

/** Keeps what is left of an offer for buyers with a tab of the operator, until a time (Unix seconds). Again for longer: a later time. */
export function pledgeCall({ catalog }: Where, offerId: bigint, operatorId: number, until: number): Call {
	return { to: catalog, data: encodeFunctionData({ abi: catalogAbi, functionName: 'pledge', args: [offerId, operatorId, until] }) };
}

/** Ends a pledge ten minutes from now, if it does not end before. */
export function unpledgeCall({ catalog }: Where, offerId: bigint): Call {
	return { to: catalog, data: encodeFunctionData({ abi: catalogAbi, functionName: 'unpledge', args: [offerId] }) };
}

/** Puts what is left of a deal that is over back where it came from. Anyone's call. */
export function endDealCall({ catalog }: Where, offerId: bigint): Call {
	return { to: catalog, data: encodeFunctionData({ abi: catalogAbi, functionName: 'endDeal', args: [offerId] }) };
}
