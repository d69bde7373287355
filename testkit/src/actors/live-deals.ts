import { type DealOpening, openDealCall } from '@kaishi/protocol/live';
import type { OfferTerms } from '@kaishi/protocol/order';
import { DEAL_MARGIN_SECONDS } from '@kaishi/protocol/shop';
import type { Actor } from './actor.ts';
import { ordinaryContent } from './shopkeeping.ts';

/**
 * Opens a flash deal of one offer; returns the deal's listing id.
 * @param wish `seconds` until it ends for buyers, `byTab` for tabs of this market's operator alone
 */
export async function openDeal(
	seller: Actor,
	wish: {
		shopId: bigint;
		from: bigint;
		terms: OfferTerms;
		pieces: number;
		seconds?: number;
		perBuyer?: number;
		byTab?: boolean;
		content?: DealOpening['content'];
	},
): Promise<bigint> {
	const { contracts, operator } = await seller.client.market();
	if (wish.byTab && !operator) throw new Error('this market has no operator');
	const operatorId = wish.byTab ? (operator?.id ?? 0) : 0;
	const end = (await seller.client.now()) + (wish.seconds ?? 60);
	const relayed = await seller.execute([
		openDealCall(contracts, {
			shopId: wish.shopId,
			content: wish.content ?? ordinaryContent,
			parts: [{ from: wish.from, terms: wish.terms, pieces: wish.pieces }],
			operatorId,
			until: operatorId === 0 ? end : end + DEAL_MARGIN_SECONDS,
			perBuyer: wish.perBuyer ?? 0,
		}),
	]);
	const [listingId] = relayed.created.listingIds;
	if (listingId === undefined) throw new Error('the relayer answered without the deal’s listing');
	return BigInt(listingId);
}
