import type { Currency } from '@kaishi/protocol/platform/money';
import { beforeEach, expect, test, vi } from 'vitest';

const language = vi.hoisted(() => ({ locale: 'en' }));
vi.mock('./paraglide/runtime.js', () => ({ getLocale: () => language.locale }));
const { plainAmount, writeMoney } = await import('./money.ts');

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
const cny: Currency = { ...usd, address: '0x2222222222222222222222222222222222222222', symbol: 'tCNY', iso: 'CNY' };
const coin: Currency = { ...usd, address: '0x0000000000000000000000000000000000000000', symbol: 'ETH', decimals: 18, iso: null };
const all = [usd, cny, coin];
beforeEach(() => {
	language.locale = 'en';
});

test.each([
	[0n, 6, '0'],
	[1n, 6, '0.000001'],
	[12_500_000n, 6, '12.5'],
	[-12_500_000n, 6, '-12.5'],
	[5n, 0, '5'],
	[10n ** 24n, 18, '1000000'],
])('%d with %d decimals is %s', (amount, decimals, text) => {
	expect(plainAmount(amount, decimals)).toBe(text);
});

test('stablecoins read as their currency, with the token named', () => {
	expect(writeMoney({ currency: usd.address, amount: '25000000' }, all)).toEqual({ figure: '$25.00', token: 'tUSD' });
	expect(writeMoney({ currency: cny.address, amount: '182500000' }, all)).toEqual({ figure: '¥182.50', token: 'tCNY' });
});

test('behavior: digits below the cent are shown, never rounded away', () => {
	expect(writeMoney({ currency: usd.address, amount: '25000001' }, all).figure).toBe('$25.000001');
});

test('behavior: large amounts keep every digit', () => {
	expect(writeMoney({ currency: usd.address, amount: '123456789012345678901234567890' }, all).figure).toBe('$123,456,789,012,345,678,901,234.56789');
});

test('coins show what is there', () => {
	expect(writeMoney({ currency: coin.address, amount: '4150000000000000' }, all)).toEqual({ figure: '0.00415', token: 'ETH' });
});

test.each([
	[8, '1', '0.00000001'],
	[8, '112345678', '1.12345678'],
	[18, '1', '0.000000000000000001'],
	[18, '123456789012', '0.000000123457'],
	[6, '9500000', '9.5'],
	[0, '7', '7'],
])('behavior: %i decimals, %s base units: %s, never nothing', (decimals, amount, figure) => {
	expect(writeMoney({ currency: coin.address, amount }, [{ ...coin, decimals }]).figure).toBe(figure);
});

test('behavior: a stablecoin of eighteen decimals', () => {
	const euro: Currency = { ...usd, decimals: 18, iso: 'EUR' };
	expect(writeMoney({ currency: euro.address, amount: '7000000000000000000' }, [euro]).figure).toBe('€7.00');
	expect(writeMoney({ currency: euro.address, amount: '1' }, [euro]).figure).toBe('€0.000000000000000001');
});

test('Chinese keeps the dollar apart from the yuan', () => {
	language.locale = 'zh-CN';
	expect(writeMoney({ currency: usd.address, amount: '25000000' }, all).figure).toBe('$25.00');
	expect(writeMoney({ currency: cny.address, amount: '25000000' }, all).figure).toBe('¥25.00');
});

test('behavior: an unknown token shows base units and its address', () => {
	expect(writeMoney({ currency: '0x3333333333333333333333333333333333333333', amount: '7' }, all)).toEqual({ figure: '7', token: '0x3333…' });
});
