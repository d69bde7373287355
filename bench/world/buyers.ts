import { type Address, type Hex, keccak256, toHex } from 'viem';
import { privateKeyToAddress } from 'viem/accounts';

export interface Key {
	address: Address;
	privateKey: Hex;
}

/** Somebody with an account and, where orders are paid from a tab, a key of the tab in the browser. */
export interface Buyer extends Key {
	tabKey: Key;
	/** Where this buyer seems to live: limits per address count each alone. */
	source: string;
}

/** The same `seed` gives the same people. */
export function makeBuyers(count: number, seed: string): Buyer[] {
	return Array.from({ length: count }, (_, i) => ({
		...keyOf(`${seed} buyer ${i}`),
		tabKey: keyOf(`${seed} tab ${i}`),
		source: sourceOf(i),
	}));
}

export function keyOf(name: string): Key {
	const privateKey = keccak256(toHex(name));
	return { privateKey, address: privateKeyToAddress(privateKey) };
}

/** An address of a private network; 16 million of them. */
export const sourceOf = (index: number): string => `10.${(index >> 16) & 255}.${(index >> 8) & 255}.${index & 255}`;

/** In an order that looks random and is the same every time. */
export function shuffle<T>(items: readonly T[], seed: string): T[] {
	return items
		.map((item, i) => ({ item, rank: keccak256(toHex(`${seed} ${i}`)) }))
		.sort((a, b) => (a.rank < b.rank ? -1 : 1))
		.map(({ item }) => item);
}
