import { SvelteSet } from 'svelte/reactivity';

const KEY = 'kaishi-live-coupons';
/** A browser keeps the newest so many: deals are over within the hour. */
const KEPT = 50;

function readTaken(): string[] {
	try {
		const known: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
		return Array.isArray(known) ? known.filter((id): id is string => typeof id === 'string') : [];
	} catch {
		return [];
	}
}

/** The live-only coupons that were taken in this browser, by the deal's offer. Reactive. */
export class Coupons {
	readonly taken = new SvelteSet<string>();

	/** In the browser only. */
	load(): void {
		for (const offerId of readTaken()) this.taken.add(offerId);
	}

	take(offerId: string): void {
		this.taken.add(offerId);
		try {
			localStorage.setItem(KEY, JSON.stringify([...this.taken].slice(-KEPT)));
		} catch {
			// Without storage it lasts as long as the page.
		}
	}
}
