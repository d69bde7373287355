import canonicalize from 'canonicalize';
import { bytesToHex, type Hex, hexToBytes } from 'viem';

/** RFC 8785 canonical JSON as UTF-8: what goes on the chain, so equal contents have equal bytes. */
export function toCanonicalBytes(value: unknown): Uint8Array {
	const text = canonicalize(value);
	if (text === undefined) throw new TypeError('not representable as JSON');
	return new TextEncoder().encode(text);
}

export function toCanonicalHex(value: unknown): Hex {
	return bytesToHex(toCanonicalBytes(value));
}

/** Parses content from an event; throws `SyntaxError` on bytes that are not UTF-8 JSON. */
export function fromContentHex(hex: Hex): unknown {
	try {
		return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(hexToBytes(hex)));
	} catch (cause) {
		throw new SyntaxError('content is not UTF-8 JSON', { cause });
	}
}
