import type { DeliveryDetails, OrderWire } from '@kaishi/protocol/order';

/** A purchase that was begun and whose end is not known yet. Kept per offer for this tab, so that trying again is the same order. */
export interface PendingPurchase {
	orderId: `0x${string}`;
	order: OrderWire;
	details: DeliveryDetails | null;
	detailsSalt: `0x${string}` | null;
	/** The tab's key that has signed and sent it, so that a reload goes on by itself. */
	sentWith?: `0x${string}`;
}

/** What the person wants now. */
export interface PurchaseWish {
	offerId: string;
	/** The listing's version on the page. */
	version: number;
	terms: OrderWire['terms'];
	buyer: string;
	quantity: string;
	affiliate: string;
	feeBps: number;
	details: DeliveryDetails | null;
	/** Until when the quote holds, Unix seconds. */
	validBefore: number;
}

/** A signature must still fit into the order's lifetime. */
const MARGIN_SECONDS = 60;

const key = (offerId: string) => `kaishi.purchase.${offerId}`;
const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

/** Whether the person wants what `pending` was for, whatever the seller or the market changed since: if it was placed, that was it. */
export function isSameWish({ order, details }: PendingPurchase, wish: PurchaseWish): boolean {
	return (
		order.offerId === wish.offerId &&
		order.buyer.toLowerCase() === wish.buyer.toLowerCase() &&
		order.quantity === wish.quantity &&
		order.affiliate.toLowerCase() === wish.affiliate.toLowerCase() &&
		same(details, wish.details)
	);
}

/** Whether `pending` is exactly this wish and can still be placed: then its salt is used again and nobody pays twice. */
export function isSamePurchase(pending: PendingPurchase, wish: PurchaseWish, now: number): boolean {
	const { order } = pending;
	return (
		isSameWish(pending, wish) &&
		order.version === wish.version &&
		same(order.terms, wish.terms) &&
		order.feeBps === wish.feeBps &&
		Number(order.validBefore) > now + MARGIN_SECONDS
	);
}

export function readPending(offerId: string): PendingPurchase | null {
	try {
		return JSON.parse(sessionStorage.getItem(key(offerId)) ?? 'null') as PendingPurchase | null;
	} catch {
		return null;
	}
}

export function writePending(pending: PendingPurchase) {
	sessionStorage.setItem(key(pending.order.offerId), JSON.stringify(pending));
}

export function forgetPending(offerId: string) {
	sessionStorage.removeItem(key(offerId));
}
