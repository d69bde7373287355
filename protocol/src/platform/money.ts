import { formatUnits, parseUnits } from 'viem';

/** A token the market accepts. The zero address is the chain's native coin. */
export interface Currency {
	address: `0x${string}`;
	symbol: string;
	name: string;
	decimals: number;
	/** ISO 4217 code the token follows one to one, if any; pages then write ¥25.00 and name the token beside it. */
	iso: 'USD' | 'CNY' | 'EUR' | null;
	/** What it stands for in rate tables when it follows no ISO currency: `BTC`, `XRP`, `ETH`. Null when unknown. */
	asset: string | null;
	/** Test money: worthless, given out by the faucet of the embedded chain. */
	test: boolean;
	/** Tokens that take ERC-3009 authorizations can be spent with one signature from a wallet. */
	authorization: { name: string; version: string } | null;
}

/** An amount as it travels: base units as a decimal string. Arithmetic is done on `bigint`. */
export interface Money {
	currency: `0x${string}`;
	amount: string;
}

/** "12.5" → 12500000n for 6 decimals. Throws `RangeError` on signs, exponents, junk or too many decimals. */
export function parseAmount(text: string, decimals: number): bigint {
	const clean = text.trim();
	if (!/^\d{1,30}(\.\d+)?$/.test(clean)) throw new RangeError('not an amount');
	if ((clean.split('.')[1] ?? '').length > decimals) throw new RangeError('too many decimals');
	return parseUnits(clean, decimals);
}

/** 12500000n → "12.5" for 6 decimals: exact, no grouping, no rounding. */
export function formatAmount(amount: bigint, decimals: number): string {
	return formatUnits(amount, decimals);
}
