import type { Address, Hex } from 'viem';
import type { Currency, Money } from './money.ts';

// Prices in the reader's own currency. Rates are for reading only: nothing that is signed or settled depends on them.

/** Digits after the point of a rate. */
export const RATE_DECIMALS = 12;
/** Older than this a table is marked as old; seconds. */
export const RATES_STALE_SECONDS = 24 * 3600;
/** Older than this a table is not used; seconds. */
export const RATES_LIMIT_SECONDS = 7 * 24 * 3600;

/** What one unit of something is worth in US dollars, with `RATE_DECIMALS` digits after the point. */
export interface Rate {
	/** ISO 4217, or a coin's usual name: `BTC`. */
	code: string;
	/** Decimal string, above zero. */
	value: string;
}

/** The rates an operator stands for. */
export interface RateTable {
	/** Counts up with every table of an operator. */
	version: number;
	/** Unix seconds, the market's clock. */
	asOf: number;
	/** Where the operator took them from; `sample` for the play figures of a trial market. */
	source: string;
	rates: readonly Rate[];
}

export interface SignedRateTable {
	table: RateTable;
	signer: Address;
	/** EIP-712 by the operator's key, see `rateTableTypes` in `rate-signing.ts`. */
	signature: Hex;
}

export const SAMPLE_SOURCE = 'sample';

export type RateAge = 'fresh' | 'stale' | 'useless';

/** A table from the future is as useless as one from long ago, save for a clock that is an hour off. */
export function ageOf(table: Pick<RateTable, 'asOf'>, now: number): RateAge {
	const age = now - table.asOf;
	if (age > RATES_LIMIT_SECONDS || age < -3600) return 'useless';
	return age > RATES_STALE_SECONDS ? 'stale' : 'fresh';
}

/** What a currency stands for in a rate table. */
export const codeOfCurrency = (currency: Pick<Currency, 'iso' | 'asset'>): string | null => currency.iso ?? currency.asset;

/**
 * An amount in another currency's smallest written unit, rounded half up: 25 tUSD of 6 decimals with `digits` 2 → 18250n
 * for ¥182.50. Null when the table lacks one of the two. Exact integers throughout, so the error is at most half a unit.
 */
export function convert(amount: bigint, decimals: number, from: string, to: string, digits: number, rates: readonly Rate[]): bigint | null {
	const worth = rateOf(rates, from);
	const unit = rateOf(rates, to);
	if (worth === null || unit === null) return null;
	if (amount < 0n) {
		const positive = convert(-amount, decimals, from, to, digits, rates);
		return positive === null ? null : -positive;
	}
	const numerator = amount * worth * 10n ** BigInt(digits);
	const denominator = unit * 10n ** BigInt(decimals);
	return (2n * numerator + denominator) / (2n * denominator);
}

/** Amounts of several currencies in one, rounded once per amount. Null when one of them has no rate. */
export function convertAll(amounts: readonly Money[], currencies: readonly Currency[], to: string, digits: number, rates: readonly Rate[]): bigint | null {
	let sum = 0n;
	for (const { currency, amount } of amounts) {
		const known = currencies.find((one) => one.address.toLowerCase() === currency.toLowerCase());
		const code = known && codeOfCurrency(known);
		const converted = known && code ? convert(BigInt(amount), known.decimals, code, to, digits, rates) : null;
		if (converted === null) return null;
		sum += converted;
	}
	return sum;
}

function rateOf(rates: readonly Rate[], code: string): bigint | null {
	const found = rates.find((rate) => rate.code === code);
	const value = found ? BigInt(found.value) : 0n;
	return value > 0n ? value : null;
}
