import { type Hex, hexToBytes, numberToHex } from 'viem';
import type { WebAuthnSignature } from './signers.ts';

/** Order of the P-256 group (SEC 2, secp256r1). */
const P256_ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

/** What an authenticator answers to `navigator.credentials.get`. */
export interface Assertion {
	authenticatorData: Hex;
	clientDataJSON: string;
	/** DER (RFC 3279 `Ecdsa-Sig-Value`). */
	signature: Hex;
}

/**
 * The assertion in the form that the chain checks: r and s apart, s in the low half (the verifier rejects the other,
 * authenticators produce both), and where in the JSON type and challenge stand. Throws `RangeError` on malformed DER.
 */
export function webAuthnSignatureFromAssertion(assertion: Assertion): WebAuthnSignature {
	const { r, s } = parseDer(hexToBytes(assertion.signature));
	const { clientDataJSON } = assertion;
	return {
		r: numberToHex(r, { size: 32 }),
		s: numberToHex(s > P256_ORDER / 2n ? P256_ORDER - s : s, { size: 32 }),
		challengeIndex: byteIndexOf(clientDataJSON, '"challenge":'),
		typeIndex: byteIndexOf(clientDataJSON, '"type":'),
		authenticatorData: assertion.authenticatorData,
		clientDataJSON,
	};
}

/** The chain counts bytes, JavaScript UTF-16 units. */
function byteIndexOf(text: string, part: string): bigint {
	const index = text.indexOf(part);
	if (index < 0) throw new RangeError(`client data without ${part}`);
	return BigInt(new TextEncoder().encode(text.slice(0, index)).length);
}

function parseDer(bytes: Uint8Array): { r: bigint; s: bigint } {
	// SEQUENCE of two INTEGERs; 72 bytes at most, so every length is one byte.
	if (bytes[0] !== 0x30 || bytes[1] !== bytes.length - 2) throw new RangeError('not a DER signature');
	const [r, afterR] = parseInteger(bytes, 2);
	const [s, end] = parseInteger(bytes, afterR);
	if (end !== bytes.length || r === 0n || s === 0n || r >= P256_ORDER || s >= P256_ORDER) throw new RangeError('not a P-256 signature');
	return { r, s };
}

function parseInteger(bytes: Uint8Array, at: number): [value: bigint, next: number] {
	const length = bytes[at + 1];
	if (bytes[at] !== 0x02 || length === undefined || length === 0 || length > 33 || at + 2 + length > bytes.length) throw new RangeError('not a DER integer');
	let value = 0n;
	for (const byte of bytes.subarray(at + 2, at + 2 + length)) value = (value << 8n) | BigInt(byte);
	return [value, at + 2 + length];
}
