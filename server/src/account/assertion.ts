import { createHash, createPublicKey, verify } from 'node:crypto';
import { type PasskeySignIn, signInChallenge } from '@kaishi/protocol/account';
import { Refusal } from '@kaishi/protocol/platform/errors';
import { type Hex, hexToBytes } from 'viem';

const USER_PRESENT = 0x01;
const USER_VERIFIED = 0x04;
/** rpIdHash, flags, counter. */
const AUTHENTICATOR_DATA = 32 + 1 + 4;

/**
 * Checks an assertion as WebAuthn Level 3 §7.2 asks: type, challenge (as `signInChallenge` makes it), origin, relying
 * party, presence and verification of the user, and the P-256 signature. Refuses with `Session_WrongOrigin` or `Session_InvalidAssertion`.
 */
export function verifyAssertion(assertion: PasskeySignIn, key: { x: Hex; y: Hex }, publicUrl: string): void {
	const site = new URL(publicUrl);
	const client = parseClientData(assertion.clientDataJSON);
	const wanted = toBase64Url(hexToBytes(signInChallenge(site.origin, assertion.challenge, assertion.account)));
	if (client.type !== 'webauthn.get' || client.challenge !== wanted)
		throw new Refusal('Session_InvalidAssertion', 'unauthenticated', { field: 'clientDataJSON' });
	if (client.origin !== site.origin || client.crossOrigin === true) throw new Refusal('Session_WrongOrigin', 'forbidden');

	const data = hexToBytes(assertion.authenticatorData);
	const rpIdHash = createHash('sha256').update(site.hostname).digest();
	if (data.length < AUTHENTICATOR_DATA || !rpIdHash.equals(data.subarray(0, 32))) throw new Refusal('Session_WrongOrigin', 'forbidden');
	const flags = data[32] ?? 0;
	if ((flags & USER_PRESENT) === 0 || (flags & USER_VERIFIED) === 0) throw new Refusal('Session_InvalidAssertion', 'unauthenticated', { field: 'flags' });

	const signed = Buffer.concat([data, createHash('sha256').update(assertion.clientDataJSON).digest()]);
	if (!verifyP256(signed, hexToBytes(assertion.signature), key)) throw new Refusal('Session_InvalidAssertion', 'unauthenticated', { field: 'signature' });
}

/** Throws unless the coordinates are a point of P-256. */
export function requireP256Key(key: { x: Hex; y: Hex }): void {
	try {
		publicKeyOf(key);
	} catch (cause) {
		throw new Refusal('Passkey_InvalidKey', 'invalid', {}, { cause });
	}
}

function verifyP256(data: Uint8Array, der: Uint8Array, key: { x: Hex; y: Hex }): boolean {
	try {
		return verify('sha256', data, { key: publicKeyOf(key), dsaEncoding: 'der' }, der);
	} catch {
		// Malformed DER.
		return false;
	}
}

function publicKeyOf(key: { x: Hex; y: Hex }) {
	return createPublicKey({ key: { kty: 'EC', crv: 'P-256', x: toBase64Url(hexToBytes(key.x)), y: toBase64Url(hexToBytes(key.y)) }, format: 'jwk' });
}

function parseClientData(json: string): Record<string, unknown> {
	try {
		const parsed: unknown = JSON.parse(json);
		if (typeof parsed === 'object' && parsed !== null) return parsed as Record<string, unknown>;
	} catch {
		// Refused below, like JSON of another shape.
	}
	throw new Refusal('Session_InvalidAssertion', 'unauthenticated', { field: 'clientDataJSON' });
}

const toBase64Url = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url');
