// This part of the library alone: the whole of it takes 40 MB.
import { instantiateSecp256k1 } from '@bitauth/libauth/build/lib/crypto/secp256k1.js';
import type { Address, Hex } from 'viem';
import { keccak } from './keccak.ts';

const secp256k1 = await instantiateSecp256k1();

const bytesOf = (hex: string): Uint8Array => Buffer.from(hex.slice(2), 'hex');
const hexOf = (bytes: Uint8Array): Hex => `0x${Buffer.from(bytes).toString('hex')}`;

/** 65 bytes and nothing behind them: what follows would be another spelling. */
const SIGNATURE = /^0x[0-9a-fA-F]{130}$/;

/** Half of the curve's order; signatures above it are another spelling of one below and count nowhere. */
const HALF = bytesOf('0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0');

/**
 * Who signed a digest, in lower case; null when nobody did. As strict as the contracts: 65 bytes, low s, v 27 or 28.
 * libsecp256k1 in WebAssembly: ten times faster than in JavaScript.
 */
export function recoverSigner(digest: Hex, signature: Hex): Address | null {
	if (!SIGNATURE.test(signature)) return null;
	const bytes = bytesOf(signature);
	const v = bytes[64];
	if ((v !== 27 && v !== 28) || isHigh(bytes.subarray(32, 64))) return null;
	// A string says what is wrong: numbers outside of the curve.
	const publicKey = secp256k1.recoverPublicKeyUncompressed(bytes.subarray(0, 64), v === 27 ? 0 : 1, bytesOf(digest));
	return typeof publicKey === 'string' ? null : hexOf(keccak(publicKey.subarray(1)).subarray(12));
}

/** Signs a digest as contracts recover it: 65 bytes, v 27 or 28. */
export function signDigest(privateKey: Uint8Array, digest: Hex): Hex {
	const signed = secp256k1.signMessageHashRecoverableCompact(privateKey, bytesOf(digest));
	if (typeof signed === 'string') throw new TypeError(signed);
	return `${hexOf(signed.signature)}${signed.recoveryId === 0 ? '1b' : '1c'}`;
}

function isHigh(s: Uint8Array): boolean {
	return Buffer.compare(s, HALF) > 0;
}
