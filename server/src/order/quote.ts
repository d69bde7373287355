import { type CheckoutReads, QUOTE_SECONDS, type Quote, type QuoteLine } from '@kaishi/protocol/order';
import { type ListingView, listingOfOffer, type ShopReads } from '@kaishi/protocol/shop';
import type { Queryable } from '../platform/db/database.ts';
import { cartOf } from './cart.ts';

export interface CheckoutContext {
	db: Queryable;
	shops: Pick<ShopReads, 'listing'>;
	feeBps(): Promise<number>;
	/** Version of the table that pages turn prices with. */
	ratesVersion(): Promise<number | null>;
	/** Unix seconds, the market's clock. */
	now(): number;
}

export function createCheckoutReads(context: CheckoutContext): CheckoutReads {
	return {
		cart: (account) => cartOf(context.db, account),
		quote: (lines) => quote(context, lines),
	};
}

async function quote({ shops, feeBps, ratesVersion, now }: CheckoutContext, wanted: readonly { offerId: string; quantity: number }[]): Promise<Quote> {
	const ids = [...new Set(wanted.map(({ offerId }) => listingOfOffer(BigInt(offerId)).toString()))];
	const [listings, fee, version] = await Promise.all([Promise.all(ids.map((id) => shops.listing(id))), feeBps(), ratesVersion()]);
	const byId = new Map(ids.map((id, i) => [id, listings[i] ?? null]));
	const at = now();
	return {
		lines: wanted.map((line) => toLine(line, byId.get(listingOfOffer(BigInt(line.offerId)).toString()) ?? null)),
		feeBps: fee,
		at,
		validBefore: at + QUOTE_SECONDS,
		ratesVersion: version,
	};
}

function toLine({ offerId, quantity }: { offerId: string; quantity: number }, listing: ListingView | null): QuoteLine {
	const offer = listing?.offers.find((one) => one.offerId === offerId);
	if (!listing || !offer) return { offerId, quantity, problem: 'gone', left: 0, offer: null };
	const problem = !listing.listed ? 'gone' : offer.stock === 0 ? 'soldOut' : offer.stock !== null && offer.stock < quantity ? 'short' : null;
	return {
		offerId,
		quantity,
		problem,
		left: offer.stock,
		offer: {
			listing: {
				id: listing.id,
				version: listing.version,
				title: listing.title,
				image: listing.media[offer.media ?? 0] ?? listing.image,
				kind: listing.kind,
				variant: offer.values,
			},
			shop: listing.shop,
			terms: offer.terms,
		},
	};
}
