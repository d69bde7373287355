import type { Currency } from '@kaishi/protocol/platform/money';
import { RATES_LIMIT_SECONDS, type SignedRateTable } from '@kaishi/protocol/platform/rates';
import { beforeEach, expect, test, vi } from 'vitest';

const language = vi.hoisted(() => ({ locale: 'en' }));
vi.mock('./paraglide/runtime.js', () => ({ getLocale: () => language.locale }));
const { currenciesToChoose, currencyName, ownPriceOf } = await import('./own-price.ts');

const usd: Currency = {
	address: '0x1111111111111111111111111111111111111111',
	symbol: 'tUSD',
	name: 'Test dollar',
	decimals: 6,
	iso: 'USD',
	asset: null,
	test: true,
	authorization: null,
};
const btc: Currency = { ...usd, address: '0x2222222222222222222222222222222222222222', symbol: 'tBTC', decimals: 8, iso: null, asset: 'BTC' };
const odd: Currency = { ...usd, address: '0x3333333333333333333333333333333333333333', symbol: 'ODD', iso: null, asset: null };
const all = [usd, btc, odd];
const now = 1_900_000_000;
const value = (text: string) => (BigInt(text.replace('.', '')) * 10n ** BigInt(12 - (text.split('.')[1] ?? '').length)).toString();
const rates: SignedRateTable = {
	table: {
		version: 1,
		asOf: now,
		source: 'test',
		rates: [
			{ code: 'USD', value: value('1') },
			{ code: 'CNY', value: value('0.125') },
			{ code: 'JPY', value: value('0.01') },
			{ code: 'BTC', value: value('50000') },
		],
	},
	signer: usd.address,
	signature: '0x',
};
const own = (code: string, at = now) => ({ code, rates, now: at });
const price = (currency: Currency, amount: string) => [{ currency: currency.address, amount }];

beforeEach(() => {
	language.locale = 'en';
});

test('25 dollars for whoever counts in yuan, in both languages', () => {
	expect(ownPriceOf(price(usd, '25000000'), all, own('CNY'))).toEqual({ figure: 'CN¥200.00', age: 'fresh', asOf: now });
	language.locale = 'zh-CN';
	expect(ownPriceOf(price(usd, '25000000'), all, own('CNY'))?.figure).toBe('¥200.00');
});

test('behavior: as many digits as the currency has', () => {
	expect(ownPriceOf(price(usd, '25000000'), all, own('JPY'))?.figure).toBe('¥2,500');
});

test('behavior: several currencies in one sum', () => {
	expect(ownPriceOf([...price(usd, '1000000'), ...price(btc, '1000')], all, own('CNY'))?.figure).toBe('CN¥12.00');
});

test('behavior: what is in the reader’s currency already, or wanted in none, is not said twice', () => {
	expect(ownPriceOf(price(usd, '1'), all, own('USD'))).toBeNull();
	expect(ownPriceOf(price(usd, '1'), all, own('none'))).toBeNull();
	expect(ownPriceOf(price(usd, '1'), all, { ...own('CNY'), rates: null })).toBeNull();
});

test('behavior: no guess without a rate', () => {
	expect(ownPriceOf(price(odd, '1'), all, own('CNY'))).toBeNull();
	expect(ownPriceOf([...price(usd, '1'), ...price(odd, '1')], all, own('CNY'))).toBeNull();
	expect(ownPriceOf(price(usd, '1'), all, own('EUR'))).toBeNull();
});

test('behavior: old rates are marked, very old ones not used', () => {
	expect(ownPriceOf(price(usd, '1'), all, own('CNY', now + 90_000))?.age).toBe('stale');
	expect(ownPriceOf(price(usd, '1'), all, own('CNY', now + RATES_LIMIT_SECONDS + 1))).toBeNull();
});

test('only countries’ currencies are offered, by name', () => {
	expect(currenciesToChoose(rates)).toEqual(['USD', 'CNY', 'JPY']);
	expect(currencyName('CNY')).toBe('Chinese Yuan');
});
