import type { Address, Hex } from 'viem';

/** A passkey this browser has used: public facts only, the key stays in the authenticator. */
export interface KnownPasskey {
	credentialId: string;
	address: Address;
	/** ERC-7913: verifier ‖ x ‖ y. */
	signer: Hex;
}

const KEY = 'kaishi.passkeys';
const WALLET_KEY = 'kaishi.wallet';

function read(): KnownPasskey[] {
	try {
		const list: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
		return Array.isArray(list) ? (list as KnownPasskey[]) : [];
	} catch {
		return [];
	}
}

/** Storage may be full or forbidden: then the browser asks the server again next time. */
function write(key: string, value: string) {
	try {
		localStorage.setItem(key, value);
	} catch {
		return;
	}
}

export const knownPasskeys = read;
export const knownPasskeyOf = (address: Address) => read().find((p) => p.address.toLowerCase() === address.toLowerCase());

/** Most recent first. */
export function rememberPasskey(passkey: KnownPasskey) {
	write(KEY, JSON.stringify([passkey, ...read().filter((p) => p.credentialId !== passkey.credentialId)].slice(0, 8)));
}

/** Which wallet was last signed in with, by its reverse domain name (EIP-6963). */
export const knownWallet = () => localStorage.getItem(WALLET_KEY);
export const rememberWallet = (rdns: string) => write(WALLET_KEY, rdns);
