import type { Currency } from '@kaishi/protocol/platform/money';
import { expect, test } from 'vitest';
import { duesOf } from './order-calls.ts';
import { planWalletPayment } from './wallet-plan.ts';

const usd = '0x00000000000000000000000000000000000000Aa';
const btc = '0x00000000000000000000000000000000000000Bb';
const eth = '0x0000000000000000000000000000000000000000';
const token: Currency = { address: usd, symbol: 'U', name: 'U', decimals: 6, iso: 'USD', asset: null, test: true, authorization: { name: 'U', version: '1' } };
const currencies: Currency[] = [token, { ...token, address: btc, authorization: null }, { ...token, address: eth, authorization: null }];
const pay = (currency: typeof usd | typeof btc | typeof eth, total: bigint) => ({ currency, total });
const plan = (payments: ReturnType<typeof pay>[], balances: [string, bigint][] = [], together = false) =>
	planWalletPayment(payments, new Map(balances), currencies, together);

test('default: one signature per order, which pays by itself', () => {
	expect(plan([pay(usd, 5n), pay(usd, 7n)])).toEqual({ together: false, approvals: [], deposit: 0n, consents: ['authorized', 'authorized'], questions: 2 });
});

test('behavior: money in the market first, and only for orders that it pays whole', () => {
	expect(plan([pay(usd, 5n), pay(usd, 7n), pay(usd, 2n)], [[usd.toLowerCase(), 8n]]).consents).toEqual(['signed', 'authorized', 'signed']);
});

test('behavior: tokens without authorizations are allowed once for all their orders', () => {
	expect(plan([pay(btc, 5n), pay(btc, 7n)], [[btc.toLowerCase(), 2n]])).toEqual({
		together: false,
		approvals: [{ currency: btc, amount: 10n }],
		deposit: 0n,
		consents: ['signed', 'signed'],
		questions: 3,
	});
});

test('behavior: native coin is paid in once; for a single order it goes along', () => {
	expect(plan([pay(eth, 5n), pay(eth, 7n)], [[eth, 1n]])).toMatchObject({ deposit: 11n, questions: 3 });
	expect(plan([pay(eth, 5n)])).toMatchObject({ deposit: 5n, questions: 1 });
	expect(plan([pay(eth, 5n)], [[eth, 5n]])).toMatchObject({ deposit: 0n, questions: 1 });
});

test('behavior: a wallet that sends calls together asks once', () => {
	expect(plan([pay(eth, 5n), pay(btc, 7n), pay(usd, 1n)], [], true).questions).toBe(1);
});

test('balances are spent in order, each coin its own', () => {
	expect(duesOf([pay(usd, 5n), pay(btc, 5n), pay(usd, 5n), pay(usd, 5n)], new Map([[usd.toLowerCase(), 8n]]))).toEqual([0n, 5n, 2n, 5n]);
});
