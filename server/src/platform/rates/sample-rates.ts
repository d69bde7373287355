import { parseAmount } from '@kaishi/protocol/platform/money';
import { RATE_DECIMALS, type Rate } from '@kaishi/protocol/platform/rates';

/** US dollars for one unit. Round figures for play money; a market of real money starts without any. */
const SAMPLE: Record<string, string> = {
	USD: '1',
	CNY: '0.1389',
	EUR: '1.08',
	GBP: '1.27',
	JPY: '0.0066',
	HKD: '0.128',
	TWD: '0.031',
	SGD: '0.75',
	KRW: '0.00072',
	CAD: '0.72',
	AUD: '0.66',
	CHF: '1.12',
	INR: '0.0119',
	BRL: '0.18',
	ETH: '2500',
	BTC: '65000',
	XRP: '0.6',
};

export const sampleRates = (): Rate[] => Object.entries(SAMPLE).map(([code, value]) => ({ code, value: parseAmount(value, RATE_DECIMALS).toString() }));
