import type { Currency } from '../platform/money.ts';

/** Of `OfferTerms`, or of its JSON form. */
interface TimesOfSale {
	shipBySeconds: number;
	shippingPrice: bigint | string;
	returnSeconds: number;
	warrantySeconds: number;
	shipDate: number;
}

/** Terms under which goods are handed over and paid for at once, with nothing left for later: no parcel, no return, no warranty, no date. */
export function isPaidAtOnce(terms: TimesOfSale): boolean {
	return terms.shipBySeconds === 0 && BigInt(terms.shippingPrice) === 0n && terms.returnSeconds === 0 && terms.warrantySeconds === 0 && terms.shipDate === 0;
}

const MOST_UNITS = 20n;

/** The most that one purchase on a tab may cost: 20 of a national currency, a hundredth of anything else. Above that an escrow is worth its price. */
export function mostOnTab({ iso, decimals }: Pick<Currency, 'iso' | 'decimals'>): bigint {
	const unit = 10n ** BigInt(decimals);
	return iso === null ? unit / 100n : MOST_UNITS * unit;
}

/** What tips are counted in: one of a national currency, a twentieth of the most of anything else. */
export const tipUnit = (currency: Pick<Currency, 'iso' | 'decimals'>): bigint => mostOnTab(currency) / MOST_UNITS;
