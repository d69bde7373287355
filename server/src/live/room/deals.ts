import type { BagItem, DealView } from '@kaishi/protocol/live';
import type { OfferTermsWire } from '@kaishi/protocol/order';
import { dealEnd, UNLIMITED_STOCK } from '@kaishi/protocol/shop';
import type { Queryable } from '../../platform/db/database.ts';
import { runningDeals } from '../../shop/public.ts';

/** Says of every offer in a bag which flash deal runs on it: the newest one. @param now chain time, Unix seconds. */
export async function withDeals(db: Queryable, bag: BagItem[], now: number): Promise<BagItem[]> {
	const offerIds = bag.flatMap(({ offers }) => offers.map(({ offerId }) => offerId));
	if (offerIds.length === 0) return bag;
	const deals = new Map((await runningDeals(db, offerIds, now)).reverse().map((row) => [row.deal_from, toDealView(row)]));
	return bag.map((item) => ({ ...item, offers: item.offers.map((offer) => ({ ...offer, deal: openDeal(deals.get(offer.offerId), now) })) }));
}

/** Over for buyers, though what an operator promised of it is still being placed. */
const openDeal = (deal: DealView | undefined, now: number) => (deal === undefined || deal.until < now ? null : deal);

function toDealView(row: Awaited<ReturnType<typeof runningDeals>>[number]): DealView {
	const { currency, unitPrice } = JSON.parse(row.terms) as OfferTermsWire;
	return {
		listingId: row.listing_id,
		offerId: row.offer_id,
		ofOfferId: row.deal_from,
		unitPrice: { currency, amount: unitPrice },
		left: BigInt(row.stock) === UNLIMITED_STOCK ? null : Number(row.stock),
		until: dealEnd(row.pledged_until, row.pledged_to ?? 0),
		perBuyer: row.deal_per_buyer ?? 0,
		coupon: row.coupon,
	};
}
