import { isAuctionPledge, type ListingView } from '@kaishi/protocol/shop';

export const flashSaleLengths = ['hour', 'evening', 'day', 'week'] as const;
export type FlashSaleLength = (typeof flashSaleLengths)[number];

const HOUR_SECONDS = 3600;
const DAY_SECONDS = 24 * HOUR_SECONDS;
/** A block may be stamped a little before the page's clock: the longest sale would then be too long. */
const MARGIN_SECONDS = 60;

/** When a sale of that length ends, Unix seconds of the chain's clock. The evening is where the seller is. */
export function flashSaleEnd(length: FlashSaleLength, now: number): number {
	if (length === 'evening') return Math.floor(new Date(now * 1000).setHours(24, 0, 0, 0) / 1000);
	return now + { hour: HOUR_SECONDS, day: DAY_SECONDS, week: 7 * DAY_SECONDS - MARGIN_SECONDS }[length];
}

/** Variants whose stock can be kept for a sale: with an end, and something left. */
export const pledgeable = (offers: ListingView['offers']) => offers.filter((offer) => offer.pledge === null && offer.stock !== null && offer.stock > 0);

/** Until when something of the listing is kept, which is how long none of it can be changed; null when nothing is. */
export function pledgedUntil(offers: readonly { pledge: { until: number } | null }[], now: number): number | null {
	const ends = offers.flatMap(({ pledge }) => (pledge && pledge.until >= now ? [pledge.until] : []));
	return ends.length === 0 ? null : Math.max(...ends);
}

/** Whether it is an auction alone that keeps something of the listing. */
export const isAtAuction = (offers: readonly { pledge: { operatorId: number; until: number } | null }[], now: number): boolean =>
	offers.every(({ pledge }) => pledge === null || pledge.until < now || isAuctionPledge(pledge)) && pledgedUntil(offers, now) !== null;
