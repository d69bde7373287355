import { createHash, createPrivateKey, randomBytes } from 'node:crypto';
import type { WebAuthnSignature } from '@kaishi/protocol/account';
import { p256 } from '@noble/curves/nist.js';
import { bytesToHex, concat, type Hex, hexToBytes } from 'viem';

const sha256 = (data: Uint8Array | string): Uint8Array => createHash('sha256').update(data).digest();

/** A passkey without a device: signs what a platform authenticator would sign, with user presence and verification. */
export class SoftwareAuthenticator {
	readonly credentialId: string;
	readonly publicKey: { x: Hex; y: Hex };
	readonly #secret: Uint8Array;
	readonly #origin: string;

	/** @param secret 32 bytes; random when left out. Seeded worlds pass derived ones. */
	constructor(origin: string, secret: Uint8Array = p256.utils.randomSecretKey()) {
		this.#origin = origin;
		this.#secret = secret;
		const point = p256.getPublicKey(secret, false);
		this.publicKey = { x: bytesToHex(point.slice(1, 33)), y: bytesToHex(point.slice(33, 65)) };
		this.credentialId = Buffer.from(sha256(point)).toString('base64url');
	}

	/** The key as PKCS #8 in base64, to be put into a browser's virtual authenticator: the same person on a device. */
	exportKey(): string {
		const part = (hex: Hex) => Buffer.from(hexToBytes(hex)).toString('base64url');
		const jwk = { kty: 'EC', crv: 'P-256', d: Buffer.from(this.#secret).toString('base64url'), x: part(this.publicKey.x), y: part(this.publicKey.y) };
		return createPrivateKey({ key: jwk, format: 'jwk' }).export({ type: 'pkcs8', format: 'der' }).toString('base64');
	}

	/** An assertion over `challenge` (raw bytes) as `navigator.credentials.get` would answer. */
	assert(challenge: Hex): { authenticatorData: Hex; clientDataJSON: string; r: Hex; s: Hex; der: Hex } {
		const rpIdHash = sha256(new URL(this.#origin).hostname);
		// flags: user present, user verified, backup eligible and backed up; counter 0 as synced passkeys report
		const authenticatorData = Buffer.concat([rpIdHash, Buffer.from([0x1d]), Buffer.alloc(4)]);
		const clientDataJSON = JSON.stringify({
			type: 'webauthn.get',
			challenge: Buffer.from(hexToBytes(challenge)).toString('base64url'),
			origin: this.#origin,
			crossOrigin: false,
		});
		const message = Buffer.concat([authenticatorData, sha256(clientDataJSON)]);
		const compact = p256.sign(message, this.#secret, { lowS: true });
		const signature = p256.Signature.fromBytes(compact);
		return {
			authenticatorData: bytesToHex(authenticatorData),
			clientDataJSON,
			r: bytesToHex(compact.slice(0, 32)),
			s: bytesToHex(compact.slice(32, 64)),
			der: bytesToHex(signature.toBytes('der')),
		};
	}

	/** The assertion in the form that the chain's verifier takes. */
	signHash(hash: Hex): WebAuthnSignature {
		const { authenticatorData, clientDataJSON, r, s } = this.assert(hash);
		return {
			r,
			s,
			authenticatorData,
			clientDataJSON,
			challengeIndex: BigInt(clientDataJSON.indexOf('"challenge"')),
			typeIndex: BigInt(clientDataJSON.indexOf('"type"')),
		};
	}
}

/** 32 bytes nobody guesses, e.g. an order's salt. */
export const randomSalt = (): Hex => bytesToHex(randomBytes(32));

/** A user operation's nonce in a fresh 192-bit lane: no need to ask the chain, never blocked by another operation. */
export const freshNonce = (): bigint => BigInt(concat([bytesToHex(randomBytes(24)), '0x0000000000000000']));
