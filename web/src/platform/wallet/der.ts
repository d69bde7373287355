import type { Hex } from 'viem';
import { bytesToHex } from './bytes.ts';

/** Order of the P-256 curve. */
const CURVE_ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

function readInteger(der: Uint8Array, at: number): { value: bigint; next: number } {
	const length = der[at + 1];
	if (der[at] !== 0x02 || length === undefined || length > 33) throw new RangeError('not a DER integer');
	const bytes = der.subarray(at + 2, at + 2 + length);
	if (bytes.length !== length) throw new RangeError('DER ends too early');
	return { value: BigInt(bytesToHex(bytes)), next: at + 2 + length };
}

/**
 * An authenticator's DER signature as r and s of 32 bytes, s in the lower half of the curve order:
 * the chain's verifier rejects the other of the two equivalent values. Throws `RangeError` on junk. Source: RFC 3279, 2.2.3.
 */
export function signatureFromDer(der: Uint8Array): { r: Hex; s: Hex } {
	if (der[0] !== 0x30 || der[1] !== der.length - 2) throw new RangeError('not a DER sequence');
	const r = readInteger(der, 2);
	const s = readInteger(der, r.next);
	const low = s.value > CURVE_ORDER / 2n ? CURVE_ORDER - s.value : s.value;
	const word = (n: bigint): Hex => `0x${n.toString(16).padStart(64, '0')}`;
	return { r: word(r.value), s: word(low) };
}
