import { createECDH, createPrivateKey, hkdfSync, type KeyObject, sign } from 'node:crypto';
import type { Hex } from 'viem';
import { hexToBytes } from 'viem';

/** Who speaks to push services (RFC 8292). */
export interface Vapid {
	/** As browsers take it when they subscribe: base64url, uncompressed. */
	publicKey: string;
	/** The `Authorization` of a message to a push service. @param now Unix seconds */
	authorize(endpoint: string, now: number): string;
}

const HOURS_12 = 43_200;
const json = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** The same key for every server of an operator, since it is derived from the operator's own. `contact`: a URL that push services may write to. */
export function createVapid(operatorKey: Hex, contact: string): Vapid {
	const ecdh = createECDH('prime256v1');
	// One in 2^32 outputs is no key of this curve; the next one is.
	for (let i = 0; ; i++) {
		try {
			ecdh.setPrivateKey(Buffer.from(hkdfSync('sha256', hexToBytes(operatorKey), '', `kaishi/v1/vapid/${i}`, 32)));
			break;
		} catch (error) {
			if (i > 3) throw error;
		}
	}
	const key = privateKeyOf(ecdh.getPublicKey(), ecdh.getPrivateKey());
	const publicKey = ecdh.getPublicKey('base64url');
	return {
		publicKey,
		authorize(endpoint, now) {
			const claims = `${json({ typ: 'JWT', alg: 'ES256' })}.${json({ aud: new URL(endpoint).origin, exp: now + HOURS_12, sub: contact })}`;
			const signature = sign('sha256', Buffer.from(claims), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url');
			return `vapid t=${claims}.${signature}, k=${publicKey}`;
		},
	};
}

function privateKeyOf(point: Buffer, secret: Buffer): KeyObject {
	const padded = Buffer.concat([Buffer.alloc(32 - secret.length), secret]);
	const [x, y, d] = [point.subarray(1, 33), point.subarray(33), padded].map((part) => part.toString('base64url'));
	return createPrivateKey({ key: { kty: 'EC', crv: 'P-256', x, y, d }, format: 'jwk' });
}
