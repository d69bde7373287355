import type { ShowCard } from '@kaishi/protocol/live';
import { SvelteMap } from 'svelte/reactivity';
import { api } from '#platform/api/client.ts';

/** Which shows the person in front wants to be told of, wherever they stand on a page. Asked for once, when the first of them is seen. */
class Reminders {
	readonly #known = new SvelteMap<string, boolean>();
	#askedFor: string | null = null;

	/** Asks for an account's; another account's are forgotten. */
	load(account: string): void {
		if (this.#askedFor === account) return;
		this.#askedFor = account;
		this.#known.clear();
		api.get<ShowCard[]>('/api/live/reminders').then(
			(shows) => {
				for (const { id } of shows) if (!this.#known.has(id)) this.#known.set(id, true);
			},
			() => {
				this.#askedFor = null;
			},
		);
	}

	/** Null: not known yet, or nothing was heard of it. */
	has(showId: string): boolean | null {
		return this.#known.get(showId) ?? null;
	}

	/** Throws `Refusal`. */
	async set(showId: string, wanted: boolean): Promise<void> {
		if (wanted) await api.put(`/api/live/${showId}/reminder`);
		else await api.delete(`/api/live/${showId}/reminder`);
		this.#known.set(showId, wanted);
	}
}

export const reminders = new Reminders();
