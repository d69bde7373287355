import { AUCTION_EXTENSION_SECONDS, type AuctionOpening } from '@kaishi/protocol/live';
import { isAuctionPledge, type ListingView, type OfferView } from '@kaishi/protocol/shop';
import type { Address } from 'viem';
import { parsePrice } from '#platform/i18n/parse-price.ts';

/** How long an auction runs unless late bids make it longer, minutes. */
export const auctionMinutes = [1, 2, 5, 10, 30] as const;
/** How far late bids can move the end at most. */
const LATEST_SECONDS = 600;
const REVEAL_SECONDS = 60;

export interface AuctionDraft {
	offerId: string;
	isSealed: boolean;
	price: string;
	step: string;
	minutes: number;
	extends: boolean;
}

/** Variants that one piece can be put up of: on sale, something left, not kept for anything but auctions. */
export const auctionable = (listing: ListingView): OfferView[] =>
	listing.offers.filter(({ stock, pledge, deal }) => stock !== 0 && (!pledge || isAuctionPledge(pledge)) && !deal);

/** What is wrong with what was typed. @param decimals of the offer's currency */
export function problemsOfAuction(draft: AuctionDraft, offer: OfferView | undefined, decimals: number): { price: boolean; step: boolean } {
	const [price, step] = [parsePrice(draft.price, decimals), parsePrice(draft.step, decimals)];
	const least = BigInt(offer?.terms.returnShippingPrice ?? 0);
	return { price: price === null || price === 0n || price < least, step: !draft.isSealed && (step === null || step === 0n) };
}

/** What is signed. Throws for a draft with problems. @param now chain time, Unix seconds */
export function auctionOf(
	draft: AuctionDraft,
	listing: ListingView,
	{ decimals, now, affiliate }: { decimals: number; now: number; affiliate: Address },
): AuctionOpening {
	const [price, step] = [parsePrice(draft.price, decimals), parsePrice(draft.step, decimals)];
	if (price === null || (!draft.isSealed && step === null)) throw new RangeError('the auction is not ready');
	const endsAt = now + draft.minutes * 60;
	const extendSeconds = !draft.isSealed && draft.extends ? AUCTION_EXTENSION_SECONDS : 0;
	const latestEnd = endsAt + (draft.isSealed ? REVEAL_SECONDS : extendSeconds === 0 ? 0 : LATEST_SECONDS);
	const common = { offerId: BigInt(draft.offerId), version: listing.version, isSealed: draft.isSealed, startPrice: price, startsAt: now, endsAt, latestEnd };
	return { ...common, increment: draft.isSealed ? 0n : (step ?? 0n), extendSeconds, affiliate };
}
