import type { Viewer } from '@kaishi/protocol/account';
import { READING_PRF_INPUT, readingSecretMessage } from '@kaishi/protocol/platform/sealing';
import { bytesToHex, hexToBytes } from '../wallet/bytes.ts';
import { askWallet } from '../wallet/injected.ts';
import { passkeySecret } from '../wallet/passkey.ts';
import { passkeyOf, walletHolding } from '../wallet/session.ts';

/** Where the secret comes from. `browser`: the passkey knows none, so this browser keeps one of its own. */
export type SecretSource = 'passkey' | 'wallet' | 'browser';

export interface ReadingSecret {
	bytes: Uint8Array<ArrayBuffer>;
	source: SecretSource;
}

/** For as long as the page is open: asking again for every file would be asking for nothing. */
const known = new Map<string, Promise<ReadingSecret>>();

/**
 * The secret that a person's reading key and the salts of their votes are derived from. Asks the passkey or the wallet once
 * while the page is open. Throws `Refusal`.
 */
export function readingSecret(viewer: Viewer): Promise<ReadingSecret> {
	const key = viewer.address.toLowerCase();
	const found = known.get(key) ?? askForSecret(viewer);
	known.set(key, found);
	found.catch(() => known.delete(key));
	return found;
}

/** Whether it can be had without asking anybody. */
export const hasSecret = (viewer: Viewer) => known.has(viewer.address.toLowerCase()) || storedSecret(viewer) !== null;

async function askForSecret(viewer: Viewer): Promise<ReadingSecret> {
	if (viewer.kind === 'wallet') {
		const { provider } = await walletHolding(viewer.address);
		const message = new TextEncoder().encode(readingSecretMessage(location.origin));
		const signature = await askWallet<string>(provider, 'personal_sign', [bytesToHex(message), viewer.address]);
		return { bytes: new Uint8Array(await crypto.subtle.digest('SHA-256', hexToBytes(signature))), source: 'wallet' };
	}
	const stored = storedSecret(viewer);
	if (stored) return { bytes: stored, source: 'browser' };
	const { credentialId } = await passkeyOf(viewer.address, viewer.credentialId);
	const bytes = await passkeySecret(READING_PRF_INPUT, credentialId);
	return bytes ? { bytes, source: 'passkey' } : { bytes: keepSecret(viewer), source: 'browser' };
}

const storageKey = (viewer: Viewer) => `kaishi.reading.${viewer.address.toLowerCase()}`;

function storedSecret(viewer: Viewer): Uint8Array<ArrayBuffer> | null {
	const text = localStorage.getItem(storageKey(viewer));
	return text && /^0x[0-9a-f]{64}$/.test(text) ? hexToBytes(text) : null;
}

function keepSecret(viewer: Viewer): Uint8Array<ArrayBuffer> {
	const bytes = crypto.getRandomValues(new Uint8Array(32));
	localStorage.setItem(storageKey(viewer), bytesToHex(bytes));
	return bytes;
}

/** A key of its own for each purpose (HKDF-SHA-256), so that none tells anything about another. */
export async function deriveBytes(secret: ReadingSecret, info: string): Promise<Uint8Array<ArrayBuffer>> {
	const key = await crypto.subtle.importKey('raw', secret.bytes, 'HKDF', false, ['deriveBits']);
	const bits = await crypto.subtle.deriveBits({ name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(32), info: new TextEncoder().encode(info) }, key, 256);
	return new Uint8Array(bits);
}
