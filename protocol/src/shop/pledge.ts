import { encodeFunctionData } from 'viem';
import type { Call } from '../account/index.ts';
import { catalogAbi } from '../generated/catalog.ts';
import type { MarketContracts } from '../platform/market-contracts.ts';

/** As `Catalog` bounds it; an end further away is refused. */
export const MAX_PLEDGE_SECONDS = 7 * 86_400;
/** Between ending a pledge and being free of it: what is promised until then can still be sold. */
export const UNPLEDGE_SECONDS = 600;

type Where = Pick<MarketContracts, 'catalog'>;

/** Keeps what is left of an offer for buyers with a tab of the operator, until a time (Unix seconds). Again for longer: a later time. */
export function pledgeCall({ catalog }: Where, offerId: bigint, operatorId: number, until: number): Call {
	return { to: catalog, data: encodeFunctionData({ abi: catalogAbi, functionName: 'pledge', args: [offerId, operatorId, until] }) };
}

/** Ends a pledge ten minutes from now, if it does not end before. */
export function unpledgeCall({ catalog }: Where, offerId: bigint): Call {
	return { to: catalog, data: encodeFunctionData({ abi: catalogAbi, functionName: 'unpledge', args: [offerId] }) };
}
