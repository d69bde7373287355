import type { DealOpening } from '@kaishi/protocol/live';
import { termsFromWire } from '@kaishi/protocol/order';
import { DEAL_MARGIN_SECONDS, type ListingContent, type ListingView, type OfferView } from '@kaishi/protocol/shop';
import { contentOfDraft, draftOfListing } from '#domain/shop/seller/index.ts';
import { parsePrice } from '#platform/i18n/parse-price.ts';

/** How long a flash deal runs, seconds: what a host counts down aloud. */
export const dealSeconds = [60, 180, 300, 600, 1200] as const;
const MOST_PER_BUYER = 9999;
const MOST_PIECES = 1_000_000_000;

/** A flash deal while it is being prepared, as typed. */
export interface DealDraft {
	/** Pieces by offer; '' leaves the variant out. */
	pieces: Record<string, string>;
	price: string;
	seconds: number;
	/** '' is no limit. */
	perBuyer: string;
	coupon: boolean;
	/** Only for buyers who set money aside: sold by one tap. */
	byTab: boolean;
}

export interface DealProblems {
	price: 'missing' | 'notLower' | null;
	/** `several`: variants in different currencies cannot share a price. */
	pieces: 'none' | 'tooMany' | 'several' | null;
	perBuyer: boolean;
}

const wholeNumber = (text: string, most: number): number | null => {
	const number = /^\d{1,10}$/.test(text.trim()) ? Number(text) : 0;
	return number >= 1 && number <= most ? number : null;
};

/** Variants a deal can be made of: on sale, something left, not kept for something else. */
export const dealable = (listing: ListingView): OfferView[] => listing.offers.filter(({ stock, pledge, deal }) => stock !== 0 && !pledge && !deal);

interface Chosen {
	offer: OfferView;
	/** Null: what is typed is no number of pieces that are there. */
	pieces: number | null;
}

const chosenOf = (listing: ListingView, draft: DealDraft): Chosen[] =>
	dealable(listing)
		.filter(({ offerId }) => (draft.pieces[offerId] ?? '').trim() !== '')
		.map((offer) => ({ offer, pieces: wholeNumber(draft.pieces[offer.offerId] ?? '', offer.stock ?? MOST_PIECES) }));

/** @param decimals of the listing's currency. */
export function problemsOfDeal(listing: ListingView, draft: DealDraft, decimals: number): DealProblems {
	const chosen = chosenOf(listing, draft);
	const price = draft.price.trim() === '' ? null : parsePrice(draft.price, decimals);
	const lowest = chosen.reduce<bigint | null>((least, { offer }) => {
		const unitPrice = BigInt(offer.terms.unitPrice);
		return least === null || unitPrice < least ? unitPrice : least;
	}, null);
	const several = new Set(chosen.map(({ offer }) => offer.terms.currency)).size > 1;
	return {
		price: price === null || price === 0n ? 'missing' : lowest !== null && price >= lowest ? 'notLower' : null,
		pieces: chosen.length === 0 ? 'none' : chosen.some(({ pieces }) => pieces === null) ? 'tooMany' : several ? 'several' : null,
		perBuyer: draft.perBuyer.trim() !== '' && wholeNumber(draft.perBuyer, MOST_PER_BUYER) === null,
	};
}

export const isSound = ({ price, pieces, perBuyer }: DealProblems): boolean => price === null && pieces === null && !perBuyer;

/**
 * What is signed. Throws for a draft with problems.
 * @param now chain time, Unix seconds @param operatorId this market's operator; null: it has none
 */
export function openingOf(
	listing: ListingView,
	draft: DealDraft,
	{ decimals, operatorId, now }: { decimals: number; operatorId: number | null; now: number },
): DealOpening {
	const price = parsePrice(draft.price, decimals);
	const chosen = chosenOf(listing, draft);
	if (price === null || !isSound(problemsOfDeal(listing, draft, decimals))) throw new RangeError('the deal is not ready');
	const owner = draft.byTab && operatorId !== null ? operatorId : 0;
	return {
		shopId: BigInt(listing.shop.id),
		content: contentOf(listing, draft, decimals),
		parts: chosen.map(({ offer, pieces }) => ({
			from: BigInt(offer.offerId),
			terms: { ...termsFromWire(offer.terms), unitPrice: price },
			pieces: pieces ?? 0,
		})),
		operatorId: owner,
		until: now + draft.seconds + (owner === 0 ? 0 : DEAL_MARGIN_SECONDS),
		perBuyer: wholeNumber(draft.perBuyer, MOST_PER_BUYER) ?? 0,
	};
}

/** As the listing has it, with the deal's variants only; the deal's own limit takes the place of the listing's. */
function contentOf(listing: ListingView, draft: DealDraft, decimals: number): ListingContent {
	const { perAccount: _, ...content } = contentOfDraft(draftOfListing(listing, decimals));
	const chosen = chosenOf(listing, draft).map(({ offer }) => offer.variant);
	return { ...content, variants: content.variants.filter((_variant, i) => chosen.includes(i)), ...(draft.coupon && { coupon: true as const }) };
}
