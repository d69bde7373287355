import { type Address, concat, encodeAbiParameters, type Hex, keccak256 } from 'viem';

/** A passkey as an ERC-7913 signer: verifier contract ‖ x ‖ y. */
export function passkeySigner(webAuthnVerifier: Address, publicKey: { x: Hex; y: Hex }): Hex {
	return concat([webAuthnVerifier, publicKey.x, publicKey.y]);
}

/** What an authenticator answered, reduced to what the chain checks. */
export interface WebAuthnSignature {
	r: Hex;
	/** Low half of the curve order: OpenZeppelin's verifier rejects the other. */
	s: Hex;
	challengeIndex: bigint;
	typeIndex: bigint;
	authenticatorData: Hex;
	clientDataJSON: string;
}

/** Six flat ABI parameters, as OpenZeppelin's WebAuthn verifier decodes them (not a struct). */
export function encodeWebAuthnSignature(s: WebAuthnSignature): Hex {
	return encodeAbiParameters(
		[{ type: 'bytes32' }, { type: 'bytes32' }, { type: 'uint256' }, { type: 'uint256' }, { type: 'bytes' }, { type: 'string' }],
		[s.r, s.s, s.challengeIndex, s.typeIndex, s.authenticatorData, s.clientDataJSON],
	);
}

/** Signature of a multi-signer account: signers sorted by keccak256, signatures in the same order. */
export function encodeMultiSignature(parts: { signer: Hex; signature: Hex }[]): Hex {
	const sorted = [...parts].sort((a, b) => (BigInt(keccak256(a.signer)) < BigInt(keccak256(b.signer)) ? -1 : 1));
	return encodeAbiParameters([{ type: 'bytes[]' }, { type: 'bytes[]' }], [sorted.map((p) => p.signer), sorted.map((p) => p.signature)]);
}
