import { type Address, type Hex, type TypedDataDefinition, type TypedDataDomain, zeroHash } from 'viem';
import { hashTypedData, wrapTypedDataSignature } from 'viem/experimental/erc7739';

/** EIP-712 data that somebody is asked to sign. */
export interface TypedStatement {
	domain: TypedDataDomain;
	types: Record<string, readonly { name: string; type: string }[]>;
	primaryType: string;
	message: Record<string, unknown>;
}

/**
 * How one of our accounts signs typed data of another contract: as `TypedDataSign` nested under the account's own domain, so
 * that a signature counts for this account alone. `hash` is for the signers; `wrap` makes of the account's signature of it what
 * `isValidSignature` takes. Source: ERC-7739, as OpenZeppelin implements it.
 */
export function nestTypedData(account: Address, chainId: number, statement: TypedStatement): { hash: Hex; wrap: (signature: Hex) => Hex } {
	// The library types data by its literal types, which are not known here.
	const typed = statement as unknown as TypedDataDefinition;
	const verifierDomain = { name: 'Kaishi Account', version: '1', chainId, verifyingContract: account, salt: zeroHash };
	return {
		hash: hashTypedData({ ...typed, verifierDomain } as Parameters<typeof hashTypedData>[0]),
		wrap: (signature) => wrapTypedDataSignature({ ...typed, signature } as Parameters<typeof wrapTypedDataSignature>[0]),
	};
}
