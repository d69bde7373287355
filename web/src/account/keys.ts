import type { Address, Hex } from 'viem';
import { base64UrlToBytes, bytesToBase64Url, bytesToHex, hexToBytes } from '#platform/wallet/bytes.ts';

/** x ‖ y of a P-256 key. */
const KEY_BYTES = 64;

/** A passkey's public key as a link carries it: the verifier's address is the market's own, never the link's. */
export const keyForLink = (signer: Hex): string => bytesToBase64Url(hexToBytes(signer).slice(-KEY_BYTES));

/** The signer that a link's key stands for; null for anything that is no such key. */
export function signerFromLink(key: string | null, verifier: Address): Hex | null {
	if (!key || !/^[\w-]{86}$/.test(key)) return null;
	const bytes = base64UrlToBytes(key);
	return bytes.length === KEY_BYTES ? `${verifier.toLowerCase() as Hex}${bytesToHex(bytes).slice(2)}` : null;
}

/** What two devices show of the same key, so that people see whether they speak of the same: `482 913`. */
export async function checkNumber(signer: Hex): Promise<string> {
	const digest = new DataView(await crypto.subtle.digest('SHA-256', hexToBytes(signer.toLowerCase())));
	const digits = String(digest.getUint32(0) % 1_000_000).padStart(6, '0');
	return `${digits.slice(0, 3)} ${digits.slice(3)}`;
}

export type SignerKind = 'passkey' | 'wallet' | 'other';

/** What kind of key a signer is, from its shape. */
export function kindOfSigner(signer: Hex, verifier: Address): SignerKind {
	if (signer.length === 42) return 'wallet';
	return signer.toLowerCase().startsWith(verifier.toLowerCase()) && signer.length === 2 + 2 * (20 + KEY_BYTES) ? 'passkey' : 'other';
}

export type AccountQuery = { kind: 'account'; address: Address } | { kind: 'order'; id: Hex } | { kind: 'shop'; slug: string } | { kind: 'nothing' };

/** What somebody means who looks for an account: its number, a shop's name or link, an order's number or link. */
export function readAccountQuery(text: string): AccountQuery {
	const query = text.trim();
	const order = /0x[0-9a-fA-F]{64}(?![0-9a-fA-F])/.exec(query);
	if (order) return { kind: 'order', id: order[0].toLowerCase() as Hex };
	const account = /0x[0-9a-fA-F]{40}(?![0-9a-fA-F])/.exec(query);
	if (account) return { kind: 'account', address: account[0] as Address };
	const slug = /(?:^|\/s\/)([a-z0-9](?:[a-z0-9-]{1,30})[a-z0-9])\/?(?:[?#].*)?$/.exec(query.toLowerCase())?.[1];
	return slug ? { kind: 'shop', slug } : { kind: 'nothing' };
}
