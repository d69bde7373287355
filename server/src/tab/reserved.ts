import { Refusal } from '@kaishi/protocol/platform/errors';
import type { Address } from 'viem';

/** A tab: a key serves one tab per token. */
export interface TabId {
	account: Address;
	key: Address;
	token: Address;
}

/** One word for a tab, whatever the case of its addresses. */
export const tabKeyOf = ({ account, key, token }: TabId): string => `${account}/${key}/${token}`.toLowerCase();

/**
 * What this operator has promised on tabs and the chain has not taken yet: orders with a receipt, and what was bought on the
 * tab itself. One book for both, so that neither promises what the other has promised. It lives in memory of the one process
 * that promises (the leader); each side enters at start what its own journal says.
 */
export interface Reservations {
	/** Everything promised on a tab, for every purpose. */
	promisedOn(tab: TabId): bigint;
	/**
	 * Promises `amount` in all for `purpose` (an order's id, `channel:<epoch>`), in place of what was promised for it before.
	 * Refuses with `Tabs_OverLimit` when the tab, of which the chain says `left`, does not cover it: then nothing has changed.
	 */
	reserve(tab: TabId, purpose: string, amount: bigint, left: bigint): void;
	/** As `reserve`, asking for what is left: right also when promises turn into payments while the answer is on its way. */
	reserveAsking(tab: TabId, purpose: string, amount: bigint, askLeft: () => Promise<bigint>): Promise<void>;
	/** Enters what was promised before this process started: it counts, whatever is left. */
	restore(tab: TabId, purpose: string, amount: bigint): void;
	/** What is promised for `purpose`. */
	promisedFor(tab: TabId, purpose: string): bigint;
	/** Puts `amount` in place of `was`; whatever else has been promised for `purpose` meanwhile stays. */
	replace(tab: TabId, purpose: string, was: bigint, amount: bigint): void;
	/** Paid or void. Only once `left` shows the payment: until then it counts twice, which is safe. */
	release(tab: TabId, purpose: string): void;
}

export function createReservations(): Reservations {
	const book = new Map<string, Map<string, bigint>>();
	/** Grows with every release, so that whoever asked the chain meanwhile asks again. */
	let releases = 0;
	const sum = (promises: Map<string, bigint> | undefined) => [...(promises?.values() ?? [])].reduce((total, amount) => total + amount, 0n);
	const restore: Reservations['restore'] = (tab, purpose, amount) => {
		const key = tabKeyOf(tab);
		const promises = book.get(key) ?? new Map<string, bigint>();
		book.set(key, promises.set(purpose, amount));
	};
	const reserve: Reservations['reserve'] = (tab, purpose, amount, left) => {
		const promises = book.get(tabKeyOf(tab));
		const free = left - sum(promises) + (promises?.get(purpose) ?? 0n);
		if (amount > free) throw new Refusal('Tabs_OverLimit', 'conflict', { left: (free > 0n ? free : 0n).toString(), wanted: amount.toString() });
		restore(tab, purpose, amount);
	};
	return {
		promisedOn: (tab) => sum(book.get(tabKeyOf(tab))),
		reserve,
		async reserveAsking(tab, purpose, amount, askLeft) {
			for (;;) {
				const seen = releases;
				const left = await askLeft();
				if (seen === releases) return reserve(tab, purpose, amount, left);
			}
		},
		restore,
		promisedFor: (tab, purpose) => book.get(tabKeyOf(tab))?.get(purpose) ?? 0n,
		replace(tab, purpose, was, amount) {
			if ((book.get(tabKeyOf(tab))?.get(purpose) ?? 0n) === was) restore(tab, purpose, amount);
		},
		release(tab, purpose) {
			const key = tabKeyOf(tab);
			const promises = book.get(key);
			if (!promises?.delete(purpose)) return;
			releases++;
			if (promises.size === 0) book.delete(key);
		},
	};
}
