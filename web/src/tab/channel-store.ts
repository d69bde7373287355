import type { SignedTabState, TabPurchaseRequest } from '@kaishi/protocol/tab';

/** What this browser keeps of a tab besides its key: without it, it could not show what it owes, nor settle alone. */
export interface KeptChannel {
	/** The newest state that both signed. */
	signed: SignedTabState | null;
	/** Signed here and not answered yet: sent again as it is before anything else is signed. */
	pending: TabPurchaseRequest | null;
}

const nameOf = (key: string) => `kaishi.tab.${key.toLowerCase()}`;

export function keptChannel(key: string): KeptChannel {
	try {
		const kept = JSON.parse(localStorage.getItem(nameOf(key)) ?? 'null') as KeptChannel | null;
		if (kept !== null && typeof kept === 'object') return { signed: kept.signed ?? null, pending: kept.pending ?? null };
	} catch {
		// As if nothing had been kept: the operator is asked.
	}
	return { signed: null, pending: null };
}

/** Throws when the browser keeps nothing: then nothing may be signed either. */
export function keepChannel(key: string, kept: KeptChannel): void {
	localStorage.setItem(nameOf(key), JSON.stringify(kept));
}

export function forgetChannel(key: string): void {
	localStorage.removeItem(nameOf(key));
}
