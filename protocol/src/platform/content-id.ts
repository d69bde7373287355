import { sha256 } from 'viem';

const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';

/**
 * CIDv1 (raw codec 0x55, sha2-256) of bytes, in lower-case base32 with the multibase prefix `b`.
 * Source: multiformats CID specification.
 */
export function contentIdOf(bytes: Uint8Array): string {
	const digest = sha256(bytes, 'bytes');
	return contentIdOfDigest(digest);
}

/** The same from a digest computed elsewhere (`crypto.subtle.digest('SHA-256', …)` in browsers). */
export function contentIdOfDigest(digest: Uint8Array): string {
	const all = Uint8Array.from([0x01, 0x55, 0x12, 0x20, ...digest]);
	let bits = 0;
	let value = 0;
	let text = 'b';
	for (const byte of all) {
		value = (value << 8) | byte;
		bits += 8;
		while (bits >= 5) {
			text += BASE32[(value >>> (bits - 5)) & 31];
			bits -= 5;
		}
		value &= (1 << bits) - 1;
	}
	return bits > 0 ? text + BASE32[(value << (5 - bits)) & 31] : text;
}

export const CONTENT_ID = /^bafkrei[a-z2-7]{52}$/;
