import type { Address, Hex } from 'viem';

/** The key of a tab, in this browser: it may spend what the account has set aside for it, until it is used up or over, see ITabs.sol. */
export interface HeldKey {
	account: Address;
	key: Address;
	/** secp256k1. Readable by any script of this origin: what was set aside is all that it can lose. */
	secret: Hex;
	currency: Address;
	/** Null: in any shop. */
	shopId: string | null;
	operatorId: number;
	validUntil: number;
}

const STORE = 'kaishi.tabs';
const MOST = 16;

function read(): HeldKey[] {
	try {
		const list: unknown = JSON.parse(localStorage.getItem(STORE) ?? '[]');
		return Array.isArray(list) ? (list as HeldKey[]) : [];
	} catch {
		return [];
	}
}

/** Storage may be full or forbidden: then people buy as usual. */
function write(keys: HeldKey[]) {
	try {
		localStorage.setItem(STORE, JSON.stringify(keys.slice(0, MOST)));
	} catch {
		return;
	}
}

export const heldKeys = (account: string) => read().filter((held) => held.account.toLowerCase() === account.toLowerCase());
export const holdKey = (held: HeldKey) => write([held, ...read().filter((other) => other.key !== held.key)]);
export const dropKey = (key: string) => write(read().filter((held) => held.key.toLowerCase() !== key.toLowerCase()));

/** The key that may order in this shop and currency now, if this browser holds one; one for this shop alone comes first. */
export function keyFor(wish: { account: string; currency: string; shopId: string; now: number }): HeldKey | null {
	const fits = (held: HeldKey) =>
		held.currency.toLowerCase() === wish.currency.toLowerCase() && (held.shopId === null || held.shopId === wish.shopId) && held.validUntil > wish.now;
	const fitting = heldKeys(wish.account).filter(fits);
	return fitting.find((held) => held.shopId !== null) ?? fitting[0] ?? null;
}
