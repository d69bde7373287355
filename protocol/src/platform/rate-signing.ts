import { type Hex, hashTypedData } from 'viem';
import type { RateTable } from './rates.ts';

// Apart from the rates, so that a page that only shows a price does not load the chain library.

export const rateTableTypes = {
	RateTable: [
		{ name: 'version', type: 'uint64' },
		{ name: 'asOf', type: 'uint64' },
		{ name: 'source', type: 'string' },
		{ name: 'rates', type: 'Rate[]' },
	],
	Rate: [
		{ name: 'code', type: 'string' },
		{ name: 'value', type: 'uint256' },
	],
} as const;

export function rateTableDomain(chainId: number) {
	return { name: 'Kaishi Rates', version: '1', chainId } as const;
}

/** As EIP-712 takes it: integers as `bigint`. */
export function rateTableMessage(table: RateTable) {
	return {
		version: BigInt(table.version),
		asOf: BigInt(table.asOf),
		source: table.source,
		rates: table.rates.map(({ code, value }) => ({ code, value: BigInt(value) })),
	};
}

/** What the operator signs. */
export function rateTableHash(table: RateTable, chainId: number): Hex {
	return hashTypedData({ domain: rateTableDomain(chainId), types: rateTableTypes, primaryType: 'RateTable', message: rateTableMessage(table) });
}
