import type { MarketInfo } from '@kaishi/protocol/discovery';
import type { Money } from '@kaishi/protocol/platform/money';
import type { Address } from 'viem';
import { moneyText, plainAmount } from '#platform/i18n/money.ts';
import { parsePrice } from '#platform/i18n/parse-price.ts';

/** What is typed for each currency, by its address in lower case; empty means none. */
export type TypedAmounts = Record<string, string>;

type Currencies = MarketInfo['currencies'];

export function typedOf(amounts: readonly Money[], currencies: Currencies): TypedAmounts {
	return Object.fromEntries(
		amounts.map(({ currency, amount }) => {
			const decimals = currencies.find((c) => c.address.toLowerCase() === currency.toLowerCase())?.decimals ?? 18;
			return [currency.toLowerCase(), amount === '0' ? '' : plainAmount(BigInt(amount), decimals)];
		}),
	);
}

/** Null when something typed is no amount. */
export function amountsOf(typed: TypedAmounts, currencies: Currencies): { token: Address; amount: bigint }[] | null {
	const amounts: { token: Address; amount: bigint }[] = [];
	for (const currency of currencies) {
		const text = typed[currency.address.toLowerCase()]?.trim() ?? '';
		if (text === '') continue;
		const amount = parsePrice(text, currency.decimals);
		if (amount === null) return null;
		amounts.push({ token: currency.address, amount });
	}
	return amounts;
}

export function listAmounts(amounts: readonly Money[], market: Pick<MarketInfo, 'currencies'>, locale: string): string {
	return new Intl.ListFormat(locale, { type: 'unit' }).format(amounts.map((money) => moneyText(money, market.currencies)));
}
