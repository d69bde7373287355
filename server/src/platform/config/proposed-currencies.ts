import { existsSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Currency } from '@kaishi/protocol/platform/money';
import { isAddressEqual } from 'viem';
import { readCurrencies } from './read-currencies.ts';

const pathOf = (dataDir: string) => join(dataDir, 'currencies.json');

/**
 * Tokens that this operator knows by name since it proposed them to governance, in the form of `CURRENCIES`. A market shows
 * them once governance allows them. Throws `ConfigError` when the file makes no sense.
 */
export function readProposedCurrencies(dataDir: string): Currency[] {
	return existsSync(pathOf(dataDir)) ? readCurrencies(pathOf(dataDir)) : [];
}

/** Remembers a token, in the place of what was known of it before. */
export function rememberProposedCurrency(dataDir: string, currency: Omit<Currency, 'test'>): void {
	const others = readProposedCurrencies(dataDir).filter(({ address }) => !isAddressEqual(address, currency.address));
	const list = [...others.map(({ test: _, ...known }) => known), currency];
	writeFileSync(`${pathOf(dataDir)}.new`, `${JSON.stringify(list, null, '\t')}\n`);
	renameSync(`${pathOf(dataDir)}.new`, pathOf(dataDir));
}

/** What was listed from the start, then what was proposed since. */
export function withProposed(listed: readonly Currency[], proposed: readonly Currency[]): Currency[] {
	return [...listed, ...proposed.filter(({ address }) => !listed.some((one) => isAddressEqual(one.address, address)))];
}
