import type { Assertion as WebAuthnAssertion } from '@kaishi/protocol/account';
import { Refusal } from '@kaishi/protocol/platform/errors';
import type { Hex } from 'viem';
import { base64UrlToBytes, bytesToBase64Url, bytesToHex, hexToBytes } from './bytes.ts';

/** What an authenticator signed, as it came, and with which passkey. */
export interface Assertion extends WebAuthnAssertion {
	credentialId: string;
}

export const passkeysSupported = () => typeof PublicKeyCredential !== 'undefined' && window.isSecureContext;

function refuse(cause: unknown): never {
	const name = cause instanceof DOMException ? cause.name : '';
	// Browsers answer the same for "cancelled" and "timed out", on purpose.
	if (name === 'NotAllowedError' || name === 'AbortError') throw new Refusal('Passkey_Cancelled', 'forbidden', {}, { cause });
	throw new Refusal('Passkey_Failed', 'unavailable', { reason: name || String(cause) }, { cause });
}

/**
 * Makes a discoverable P-256 passkey for this site. The user id is random: derived from a name, equal names
 * would overwrite each other's keys. Throws `Refusal` `Passkey_*`.
 */
export async function createCredential(label: string): Promise<{ credentialId: string; publicKey: { x: Hex; y: Hex } }> {
	if (!passkeysSupported()) throw new Refusal('Passkey_Unsupported', 'unavailable');
	const credential = (await navigator.credentials
		.create({
			publicKey: {
				rp: { id: location.hostname, name: 'Kaishi · 开市' },
				user: { id: crypto.getRandomValues(new Uint8Array(32)), name: label, displayName: label },
				challenge: crypto.getRandomValues(new Uint8Array(32)),
				pubKeyCredParams: [{ type: 'public-key', alg: -7 }],
				authenticatorSelection: { residentKey: 'required', requireResidentKey: true, userVerification: 'required' },
				attestation: 'none',
				// Asked for at once: some authenticators give secrets only to passkeys that were made for it.
				extensions: { prf: {} },
			},
		})
		.catch(refuse)) as PublicKeyCredential | null;
	const spki = (credential?.response as AuthenticatorAttestationResponse | undefined)?.getPublicKey();
	if (!credential || !spki) throw new Refusal('Passkey_Failed', 'unavailable', { reason: 'no public key' });
	// SubjectPublicKeyInfo of P-256 ends with the uncompressed point 04 ‖ x ‖ y (RFC 5480).
	const point = new Uint8Array(spki).slice(-64);
	return {
		credentialId: bytesToBase64Url(new Uint8Array(credential.rawId)),
		publicKey: { x: bytesToHex(point.slice(0, 32)), y: bytesToHex(point.slice(32)) },
	};
}

/** Has the person sign `challenge` with one passkey, or with any of this site's when none is named. Throws `Refusal` `Passkey_*`. */
export async function assertPasskey(challenge: Hex, credentialId?: string): Promise<Assertion> {
	if (!passkeysSupported()) throw new Refusal('Passkey_Unsupported', 'unavailable');
	const credential = (await navigator.credentials
		.get({
			publicKey: {
				rpId: location.hostname,
				challenge: hexToBytes(challenge),
				userVerification: 'required',
				allowCredentials: credentialId ? [{ type: 'public-key', id: base64UrlToBytes(credentialId) }] : [],
			},
		})
		.catch(refuse)) as PublicKeyCredential | null;
	if (!credential) throw new Refusal('Passkey_Cancelled', 'forbidden');
	const response = credential.response as AuthenticatorAssertionResponse;
	return {
		credentialId: bytesToBase64Url(new Uint8Array(credential.rawId)),
		authenticatorData: bytesToHex(new Uint8Array(response.authenticatorData)),
		clientDataJSON: new TextDecoder().decode(response.clientDataJSON),
		signature: bytesToHex(new Uint8Array(response.signature)),
	};
}

/** A secret of 32 bytes that this passkey always gives for `input`, and nobody else knows (WebAuthn PRF). Null when it knows none. Throws `Refusal` `Passkey_*`. */
export async function passkeySecret(input: string, credentialId: string): Promise<Uint8Array<ArrayBuffer> | null> {
	if (!passkeysSupported()) throw new Refusal('Passkey_Unsupported', 'unavailable');
	const credential = (await navigator.credentials
		.get({
			publicKey: {
				rpId: location.hostname,
				challenge: crypto.getRandomValues(new Uint8Array(32)),
				userVerification: 'required',
				allowCredentials: [{ type: 'public-key', id: base64UrlToBytes(credentialId) }],
				extensions: { prf: { eval: { first: new TextEncoder().encode(input) } } },
			},
		})
		.catch(refuse)) as PublicKeyCredential | null;
	const first = credential?.getClientExtensionResults().prf?.results?.first;
	return first
		? new Uint8Array(first instanceof ArrayBuffer ? first.slice(0) : (first.buffer.slice(first.byteOffset, first.byteOffset + first.byteLength) as ArrayBuffer))
		: null;
}
