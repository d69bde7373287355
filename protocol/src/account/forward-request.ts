import type { Address, Hex } from 'viem';

/** OpenZeppelin ERC2771Forwarder's request; the nonce is the forwarder's `nonces(from)`. */
export interface ForwardRequest {
	from: Address;
	to: Address;
	value: bigint;
	gas: bigint;
	nonce: bigint;
	/** Unix seconds, uint48. */
	deadline: number;
	data: Hex;
}

export const forwardRequestTypes = {
	ForwardRequest: [
		{ name: 'from', type: 'address' },
		{ name: 'to', type: 'address' },
		{ name: 'value', type: 'uint256' },
		{ name: 'gas', type: 'uint256' },
		{ name: 'nonce', type: 'uint256' },
		{ name: 'deadline', type: 'uint48' },
		{ name: 'data', type: 'bytes' },
	],
} as const;

export function forwarderDomain(chainId: number, forwarder: Address) {
	return { name: 'Kaishi Forwarder', version: '1', chainId, verifyingContract: forwarder } as const;
}
