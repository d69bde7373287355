import type { Currency, Money } from '@kaishi/protocol/platform/money';
import { getLocale } from './paraglide/runtime.js';

/** The parts of an amount as people read it. */
export interface WrittenMoney {
	/** `$25.00`, `¥182.50`, `0.0125` */
	figure: string;
	/** The token's name where the figure doesn't say it: `tUSD`, `ETH`. */
	token: string;
}

/** 12500000n of 6 decimals → "12.5": exact, without grouping. Kept apart from viem so that no page loads it for this. */
export function plainAmount(amount: bigint, decimals: number): string {
	const sign = amount < 0n ? '-' : '';
	const digits = (amount < 0n ? -amount : amount).toString().padStart(decimals + 1, '0');
	const whole = digits.slice(0, digits.length - decimals);
	const fraction = decimals > 0 ? digits.slice(-decimals).replace(/0+$/, '') : '';
	return fraction ? `${sign}${whole}.${fraction}` : `${sign}${whole}`;
}

/**
 * An amount in the reader's language. Tokens that follow a currency are written as that currency with two digits,
 * or as many as it takes when the exact amount has more; other coins with up to eight. What is smaller than that keeps six significant digits.
 */
export function writeMoney(money: Money, currencies: readonly Currency[]): WrittenMoney {
	const currency = currencies.find((c) => c.address.toLowerCase() === money.currency.toLowerCase());
	if (!currency) return { figure: money.amount, token: `${money.currency.slice(0, 6)}…` };
	const exact = plainAmount(BigInt(money.amount), currency.decimals);
	const fraction = exact.split('.')[1] ?? '';
	const digits = fraction.length;
	/** Dust is not nothing: digits are counted from the first that is not zero. */
	const most = Math.max(currency.iso ? 6 : 8, /^-?0\./.test(exact) ? (/^0*/.exec(fraction)?.[0].length ?? 0) + 6 : 0);
	const locale = getLocale() === 'en' ? 'en-US' : 'zh-CN';
	const options: Intl.NumberFormatOptions = currency.iso
		? {
				style: 'currency',
				currency: currency.iso,
				currencyDisplay: 'narrowSymbol',
				minimumFractionDigits: 2,
				maximumFractionDigits: Math.min(Math.max(digits, 2), most),
			}
		: { maximumFractionDigits: Math.min(digits, most) };
	// Strings keep every digit of large amounts; numbers would round them.
	return { figure: new Intl.NumberFormat(locale, options).format(exact as `${number}`), token: currency.symbol };
}

/** `$25.00 (25 tUSD)` in one string, for titles and labels. */
export function moneyText(money: Money, currencies: readonly Currency[]): string {
	const { figure, token } = writeMoney(money, currencies);
	return `${figure} ${token}`;
}
