import { readFileSync } from 'node:fs';
import type { Currency } from '@kaishi/protocol/platform/money';
import * as v from 'valibot';
import { type Address, getAddress, isAddress } from 'viem';
import { ConfigError } from './read-config.ts';

const word = (max: number) => v.pipe(v.string(), v.minLength(1), v.maxLength(max), v.regex(/^[\p{L}\p{N} .'-]+$/u));

const currencies = v.pipe(
	v.array(
		v.strictObject({
			address: v.pipe(
				v.string(),
				v.check((text) => isAddress(text, { strict: false }), 'must be an address'),
				v.transform((text): Address => getAddress(text)),
			),
			symbol: word(12),
			name: word(60),
			decimals: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(36)),
			iso: v.optional(v.nullable(v.picklist(['USD', 'CNY', 'EUR'])), null),
			/** What it stands for in rate tables when it follows no ISO currency. */
			asset: v.optional(v.nullable(v.pipe(v.string(), v.regex(/^[A-Z]{2,8}$/))), null),
			/** The token's EIP-712 name and version, if it takes ERC-3009 authorizations. */
			authorization: v.optional(v.nullable(v.strictObject({ name: word(60), version: word(12) })), null),
		}),
	),
	v.maxLength(30),
	v.check((list) => new Set(list.map((currency) => currency.address)).size === list.length, 'names an address twice'),
);

/** The tokens that a market on a real chain accepts, from the JSON file `CURRENCIES`. Throws `ConfigError` naming the place. */
export function readCurrencies(path: string): Currency[] {
	let json: unknown;
	try {
		json = JSON.parse(readFileSync(path, 'utf8'));
	} catch (cause) {
		throw new ConfigError(`CURRENCIES cannot be read as JSON: ${path}`, { cause });
	}
	const parsed = v.safeParse(currencies, json);
	if (!parsed.success) throw new ConfigError(`CURRENCIES ${v.getDotPath(parsed.issues[0]) ?? ''} ${parsed.issues[0].message}`);
	return parsed.output.map((currency) => ({ ...currency, test: false }));
}
