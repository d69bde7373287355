import { type Address, type Hex, hashTypedData } from 'viem';
import { operatorsDomain } from './receipt.ts';

/**
 * What an operator tells those who come too late, signed: after its receipt `position` so many pieces of the offer were promised,
 * and none was left. Receipts for all of them can be asked for; one that promises the same offer later, without a piece having
 * come back, shows who was preferred.
 */
export interface SoldOut {
	offerId: bigint;
	pieces: bigint;
	position: bigint;
}

export const soldOutTypes = {
	SoldOut: [
		{ name: 'offerId', type: 'uint256' },
		{ name: 'pieces', type: 'uint64' },
		{ name: 'position', type: 'uint64' },
	],
} as const;

/** What the operator signs; the signature travels in the details of the refusal `Catalog_SoldOut`. */
export const soldOutDigest = (message: SoldOut, chainId: number, operators: Address): Hex =>
	hashTypedData({ domain: operatorsDomain(chainId, operators), types: soldOutTypes, primaryType: 'SoldOut', message });
