import type { OfferTermsWire } from '@kaishi/protocol/order';
import type { Currency } from '@kaishi/protocol/platform/money';
import { formatDate, formatDuration, formatRate } from '#platform/i18n/format.ts';
import { m } from '#platform/i18n/index.ts';
import { writeMoney } from '#platform/i18n/money.ts';

export type PromisedTerms = Pick<
	OfferTermsWire,
	| 'currency'
	| 'returnShippingPrice'
	| 'shipDate'
	| 'shipBySeconds'
	| 'cancelSeconds'
	| 'confirmBySeconds'
	| 'returnSeconds'
	| 'warrantySeconds'
	| 'restockingBps'
	| 'warrantyBps'
	| 'remedies'
>;

const EXCHANGE = 1;
const REFUND_ONLY = 2;

/** Goods that are given back: within which time, and what the seller keeps. */
function returnWords(terms: PromisedTerms, currencies: readonly Currency[]): string {
	const duration = formatDuration(terms.returnSeconds);
	if (terms.returnSeconds === 0) return terms.shipBySeconds === 0 ? m.shop_return_none_digital() : m.shop_return_none();
	if (terms.shipBySeconds === 0) return m.shop_return_until_taken({ duration });
	if ((terms.remedies & REFUND_ONLY) !== 0) return m.shop_return_keep({ duration });
	const percent = formatRate(terms.restockingBps);
	const parcel = writeMoney({ currency: terms.currency, amount: terms.returnShippingPrice }, currencies).figure;
	if (terms.restockingBps > 0)
		return terms.returnShippingPrice === '0' ? m.shop_return_restocking({ duration, percent }) : m.shop_return_both({ duration, percent, parcel });
	return terms.returnShippingPrice === '0' ? m.shop_return_free({ duration }) : m.shop_return_parcel({ duration, parcel });
}

/** Everything the contract does for a buyer who is not content, in plain sentences. */
export function afterSalesWords(terms: PromisedTerms, currencies: readonly Currency[]): string[] {
	const words = [returnWords(terms, currencies)];
	if (terms.returnSeconds > 0 && (terms.remedies & EXCHANGE) !== 0) words.push(m.shop_exchange());
	if (terms.warrantyBps > 0) words.push(m.shop_warranty({ duration: formatDuration(terms.warrantySeconds), percent: formatRate(terms.warrantyBps) }));
	return words;
}

/** When goods leave, seen from `now` in Unix seconds. */
export function shippingWords(terms: PromisedTerms, now: number): string {
	if (terms.shipBySeconds === 0) return m.shop_ships_at_once();
	const date = formatDate(Math.max(now, terms.shipDate) + terms.shipBySeconds);
	return terms.shipDate > now ? m.shop_preorder({ from: formatDate(terms.shipDate, 'date'), date }) : m.shop_ships_by({ date });
}

/** Until when a buyer may call it off; null when not at all. */
export function cancelWords(terms: PromisedTerms): string | null {
	if (terms.cancelSeconds === 0 || terms.shipBySeconds === 0) return null;
	return terms.cancelSeconds >= terms.shipBySeconds ? m.shop_cancel_untilShipped() : m.shop_cancel({ duration: formatDuration(terms.cancelSeconds) });
}
