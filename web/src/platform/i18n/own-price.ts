import type { Currency, Money } from '@kaishi/protocol/platform/money';
import { ageOf, codeOfCurrency, convertAll, type RateAge, type SignedRateTable } from '@kaishi/protocol/platform/rates';
import { plainAmount } from './money.ts';
import { NO_CURRENCY } from './own-currency.ts';
import { getLocale } from './paraglide/runtime.js';

/** What is known about the reader's own currency. */
export interface OwnCurrency {
	/** ISO 4217, or `NO_CURRENCY`. */
	code: string;
	rates: SignedRateTable | null;
	/** Unix seconds, the market's clock. */
	now: number;
}

export interface OwnPrice {
	/** `¥182.50`: about so much. */
	figure: string;
	age: RateAge;
	/** Unix seconds, when the rates were taken. */
	asOf: number;
}

/** Digits that people write after the point in this currency: 2 for USD, 0 for JPY. */
function digitsOf(code: string): number {
	return new Intl.NumberFormat('en', { style: 'currency', currency: code }).resolvedOptions().maximumFractionDigits ?? 2;
}

/**
 * What amounts come to in the reader's own currency, for reading only. Null when they are in it already, when the reader
 * wants none, and when there is no rate that is young enough.
 */
export function ownPriceOf(amounts: readonly Money[], currencies: readonly Currency[], { code, rates, now }: OwnCurrency): OwnPrice | null {
	if (code === NO_CURRENCY || rates === null) return null;
	const age = ageOf(rates.table, now);
	if (age === 'useless') return null;
	const named = amounts.map(({ currency }) => currencies.find((one) => one.address.toLowerCase() === currency.toLowerCase()));
	if (named.every((one) => one && codeOfCurrency(one) === code)) return null;
	const digits = digitsOf(code);
	const sum = convertAll(amounts, currencies, code, digits, rates.table.rates);
	return sum === null ? null : { figure: writeIn(code, sum, digits), age, asOf: rates.table.asOf };
}

/** The usual symbol, which tells dollars of different countries apart. */
function writeIn(code: string, amount: bigint, digits: number): string {
	const locale = getLocale() === 'en' ? 'en-US' : 'zh-CN';
	// Strings keep every digit of large amounts; numbers would round them.
	return new Intl.NumberFormat(locale, { style: 'currency', currency: code }).format(plainAmount(amount, digits) as `${number}`);
}

/** Currencies of countries that the table knows, for choosing one. */
export function currenciesToChoose(rates: SignedRateTable | null): string[] {
	const real = new Set(Intl.supportedValuesOf('currency'));
	return (rates?.table.rates ?? []).map((rate) => rate.code).filter((code) => real.has(code));
}

/** "US dollar", in the reader's language. */
export function currencyName(code: string): string {
	return new Intl.DisplayNames([getLocale()], { type: 'currency' }).of(code) ?? code;
}
