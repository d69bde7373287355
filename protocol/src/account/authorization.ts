import type { Address } from 'viem';

/** ERC-3009 `ReceiveWithAuthorization`: only the named receiver can use it. With the order id as nonce it pays and agrees at once. */
export const receiveWithAuthorizationTypes = {
	ReceiveWithAuthorization: [
		{ name: 'from', type: 'address' },
		{ name: 'to', type: 'address' },
		{ name: 'value', type: 'uint256' },
		{ name: 'validAfter', type: 'uint256' },
		{ name: 'validBefore', type: 'uint256' },
		{ name: 'nonce', type: 'bytes32' },
	],
} as const;

export function tokenDomain(token: { name: string; version: string }, chainId: number, address: Address) {
	return { name: token.name, version: token.version, chainId, verifyingContract: address } as const;
}
