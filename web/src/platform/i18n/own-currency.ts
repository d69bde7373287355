export const CURRENCY_COOKIE = 'kaishi_currency';
/** Prices as sellers set them, nothing beside them. */
export const NO_CURRENCY = 'none';

const EURO_COUNTRIES = 'AT BE CY DE EE ES FI FR GR HR IE IT LT LU LV MT NL PT SI SK';
const CURRENCY_OF_COUNTRY: Record<string, string> = {
	...Object.fromEntries(EURO_COUNTRIES.split(' ').map((country) => [country, 'EUR'])),
	US: 'USD',
	CN: 'CNY',
	HK: 'HKD',
	TW: 'TWD',
	SG: 'SGD',
	JP: 'JPY',
	KR: 'KRW',
	GB: 'GBP',
	CA: 'CAD',
	AU: 'AUD',
	CH: 'CHF',
	IN: 'INR',
	BR: 'BRL',
};

/**
 * The currency that a reader counts in: what they chose, else that of the country their browser names, else that of their
 * language. ISO 4217, or `NO_CURRENCY`.
 */
export function ownCurrencyOf(chosen: string | undefined, acceptLanguage: string | null, locale: string): string {
	if (chosen === NO_CURRENCY || (chosen && /^[A-Z]{3}$/.test(chosen))) return chosen;
	for (const country of (acceptLanguage ?? '').matchAll(/\b[a-zA-Z]{2,3}(?:-[A-Z][a-z]{3})?-([A-Z]{2})\b/g)) {
		const currency = CURRENCY_OF_COUNTRY[country[1] ?? ''];
		if (currency) return currency;
	}
	return locale === 'zh-CN' ? 'CNY' : 'USD';
}

/** Remembered for a year; the next page comes in it from the server. */
export function rememberCurrency(currency: string) {
	document.cookie = `${CURRENCY_COOKIE}=${currency}; Path=/; Max-Age=31536000; SameSite=Lax`;
}
