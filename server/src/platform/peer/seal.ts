import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { type Hex, hexToBytes } from 'viem';

/** Proves to servers of the same operator that a message is from one of them. */
export interface Seal {
	/** Base64 of a MAC over the parts; each part's length is in it. */
	of(...parts: readonly Uint8Array[]): string;
	/** In constant time. */
	matches(given: string, ...parts: readonly Uint8Array[]): boolean;
}

/** A key of its own, derived from the operator's: what it signs here means nothing on any chain. */
export function createSeal(operatorKey: Hex): Seal {
	const key = Buffer.from(hkdfSync('sha256', hexToBytes(operatorKey), '', 'kaishi: between the servers of one operator', 32));
	const macOf = (parts: readonly Uint8Array[]) => {
		const hmac = createHmac('sha256', key);
		for (const part of parts) hmac.update(`${part.length}:`).update(part);
		return hmac.digest();
	};
	return {
		of: (...parts) => macOf(parts).toString('base64'),
		matches(given, ...parts) {
			const [theirs, ours] = [Buffer.from(given, 'base64'), macOf(parts)];
			return theirs.length === ours.length && timingSafeEqual(theirs, ours);
		},
	};
}
