import type { Address } from 'viem';
import type { NewKey } from './new-key.ts';

/** A recovery that was begun on this device: public facts only, the new key stays in the authenticator. */
export interface Recovering extends NewKey {
	account: Address;
}

const KEY = 'kaishi.recovering';

export function recoveringHere(): Recovering | null {
	try {
		const found: unknown = JSON.parse(localStorage.getItem(KEY) ?? 'null');
		return typeof found === 'object' && found !== null && 'signer' in found && 'account' in found ? (found as Recovering) : null;
	} catch {
		return null;
	}
}

/** Null forgets it. Storage may be full or forbidden: then the page must stay open until the end. */
export function rememberRecovering(recovering: Recovering | null): void {
	try {
		if (recovering) localStorage.setItem(KEY, JSON.stringify(recovering));
		else localStorage.removeItem(KEY);
	} catch {
		return;
	}
}
