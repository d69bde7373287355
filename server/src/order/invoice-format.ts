import { type Invoice, REMEDY_EXCHANGE, REMEDY_REFUND_ONLY } from '@kaishi/protocol/order';
import type { Locale } from '@kaishi/protocol/platform/local-text';
import { formatAmount } from '@kaishi/protocol/platform/money';
import type { InvoiceWords } from './invoice-words.ts';

type WithCurrency = Pick<Invoice, 'currency'>;
const intl = { en: 'en-GB', 'zh-CN': 'zh-CN' } as const;
const DAY = 86_400;

/** 25.00 or 0.0125: exact, at least two digits where the token follows a currency. */
export function amountOf(amount: string, { currency }: WithCurrency, locale: Locale): string {
	const exact = formatAmount(BigInt(amount), currency.decimals);
	const digits = exact.split('.')[1]?.length ?? 0;
	return new Intl.NumberFormat(intl[locale], {
		minimumFractionDigits: Math.max(digits, currency.iso ? 2 : 0),
		maximumFractionDigits: Math.max(digits, 2),
	}).format(exact as `${number}`);
}

export const moneyOf = (amount: string, invoice: WithCurrency, locale: Locale) => `${amountOf(amount, invoice, locale)} ${invoice.currency.symbol}`;

/** 24 November 2026, as the chain's clock in UTC has it: the same for everybody. */
export const dateOf = (seconds: number, locale: Locale) => new Intl.DateTimeFormat(intl[locale], { dateStyle: 'long', timeZone: 'UTC' }).format(seconds * 1000);

export const rateOf = (bps: number, locale: Locale) => new Intl.NumberFormat(intl[locale], { style: 'percent', maximumFractionDigits: 2 }).format(bps / 10_000);

export function countryOf(code: string, locale: Locale): string {
	try {
		return new Intl.DisplayNames([locale], { type: 'region' }).of(code) ?? code;
	} catch {
		return code;
	}
}

const unit = (value: number, name: string, locale: Locale) =>
	new Intl.NumberFormat(intl[locale], { style: 'unit', unit: name, maximumFractionDigits: 3 }).format(value);

/** Metric: what customs forms ask for. */
export const weightOf = (grams: number, locale: Locale) => (grams < 1000 ? unit(grams, 'gram', locale) : unit(grams / 1000, 'kilogram', locale));

export const lengthsOf = (millimetres: readonly number[], locale: Locale) => millimetres.map((one) => unit(one / 10, 'centimeter', locale)).join(' × ');

function durationOf(seconds: number, locale: Locale): string {
	const [size, name] = seconds >= DAY ? ([DAY, 'day'] as const) : seconds >= 3600 ? ([3600, 'hour'] as const) : ([60, 'minute'] as const);
	return new Intl.NumberFormat(intl[locale], { style: 'unit', unit: name, unitDisplay: 'long', maximumFractionDigits: 0 }).format(Math.ceil(seconds / size));
}

/** What was agreed, a sentence each. */
export function termsOf(invoice: Invoice, locale: Locale, words: InvoiceWords): string[] {
	const { order, proof, goods } = invoice;
	const { terms } = order;
	const digital = goods.kind === 'digital' || terms.shipBySeconds === 0;
	return [
		digital ? words.digital : words.shipBy(dateOf(Math.max(proof.placed.timestamp, terms.shipDate) + terms.shipBySeconds, locale)),
		...(terms.cancelSeconds > 0 && !digital ? [words.cancel(durationOf(terms.cancelSeconds, locale))] : []),
		words.confirmBy(durationOf(terms.confirmBySeconds, locale)),
		...afterSalesOf(invoice, digital, locale, words),
		words.arbitrator(terms.arbitrator),
	];
}

/** What the contract does for a buyer who is not content. */
function afterSalesOf(invoice: Invoice, digital: boolean, locale: Locale, words: InvoiceWords): string[] {
	const { terms } = invoice.order;
	const within = durationOf(terms.returnSeconds, locale);
	const kept = [
		...(terms.restockingBps > 0 ? [words.restocking(rateOf(terms.restockingBps, locale))] : []),
		...(terms.returnShippingPrice === '0' ? [] : [words.returnParcel(moneyOf(terms.returnShippingPrice, invoice, locale))]),
	];
	const returns = digital ? words.returnsUntilTaken(within) : (terms.remedies & REMEDY_REFUND_ONLY) === 0 ? words.returns(within) : words.refundOnly(within);
	return [
		...(terms.returnSeconds > 0 ? [returns, ...kept] : [words.noReturns]),
		...(terms.returnSeconds > 0 && (terms.remedies & REMEDY_EXCHANGE) !== 0 ? [words.exchange] : []),
		...(terms.warrantyBps > 0 ? [words.warranty(durationOf(terms.warrantySeconds, locale), rateOf(terms.warrantyBps, locale))] : []),
	];
}
