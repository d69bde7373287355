import type { BagItem, BagOffer, DealView } from '@kaishi/protocol/live';
import type { Money } from '@kaishi/protocol/platform/money';

/** What a card in the room says of a product. */
export interface GoodsState {
	/** The lowest of what can be bought, else of everything. */
	price: Money;
	/** What it cost without the deal. */
	struck: Money | null;
	/** Other variants cost more. */
	varies: boolean;
	/** Pieces; null: without end. */
	left: number | null;
	deal: DealView | null;
}

type Left = ReadonlyMap<string, number | null>;

const leftOf = (stock: Left, offerId: string, known: number | null) => (stock.has(offerId) ? (stock.get(offerId) ?? null) : known);
const isLess = (a: Money, b: Money) => a.currency.toLowerCase() === b.currency.toLowerCase() && BigInt(a.amount) < BigInt(b.amount);

/** A deal that can still be taken, for whoever it is shown to. @param now Unix seconds. */
function openDeal({ deal }: BagOffer, stock: Left, now: number, coupons: ReadonlySet<string>): DealView | null {
	if (!deal || deal.until <= now || leftOf(stock, deal.offerId, deal.left) === 0) return null;
	return deal.coupon && !coupons.has(deal.offerId) ? null : deal;
}

/**
 * A product as it stands at `now` (Unix seconds), with what was heard of its stock since the bag was fetched.
 * @param coupons offers of live-only coupons that this person took.
 */
export function goodsState({ listing, offers }: BagItem, stock: Left, now: number, coupons: ReadonlySet<string> = new Set()): GoodsState {
	const known = offers.map((offer) => ({ offer, left: leftOf(stock, offer.offerId, offer.left) }));
	const buyable = known.filter(({ left }) => left !== 0);
	const priced = (buyable.length > 0 ? buyable : known).map(({ offer }) => offer.unitPrice);
	const price = priced.reduce((a, b) => (isLess(b, a) ? b : a), priced[0] ?? listing.price);
	const dealt = offers.find((offer) => openDeal(offer, stock, now, coupons) !== null);
	const deal = dealt ? openDeal(dealt, stock, now, coupons) : null;
	if (dealt && deal) return { price: deal.unitPrice, struck: dealt.unitPrice, varies: false, left: leftOf(stock, deal.offerId, deal.left), deal };
	return {
		price,
		struck: null,
		varies: priced.some((one) => one.amount !== price.amount || one.currency !== price.currency),
		left: known.some(({ left }) => left === null) ? null : known.reduce((sum, { left }) => sum + (left ?? 0), 0),
		deal: null,
	};
}
