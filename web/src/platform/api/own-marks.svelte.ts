import { SvelteMap } from 'svelte/reactivity';
import { api } from './client.ts';

/** What the person in front has marked, wherever it stands on a page: shops they follow, shows they want to be told of. Asked for once, when the first is seen. */
export class OwnMarks {
	readonly #known = new SvelteMap<string, boolean>();
	readonly #list: string;
	readonly #path: (id: string) => string;
	#account: string | null = null;

	/** @param list answers with everything that is marked. @param path is put to mark one, and deleted to take the mark back. */
	constructor(list: string, path: (id: string) => string) {
		this.#list = list;
		this.#path = path;
	}

	/** Asks for an account's; another account's are forgotten, also those still on their way. */
	load(account: string): void {
		if (this.#account === account) return;
		this.#account = account;
		this.#known.clear();
		api.get<{ id: string }[]>(this.#list).then(
			(marked) => {
				if (this.#account !== account) return;
				for (const { id } of marked) if (!this.#known.has(id)) this.#known.set(id, true);
			},
			() => {
				if (this.#account === account) this.#account = null;
			},
		);
	}

	/** Null: not known yet, or nothing was heard of it. */
	has(id: string): boolean | null {
		return this.#known.get(id) ?? null;
	}

	/** Throws `Refusal`. */
	async set(id: string, wanted: boolean): Promise<void> {
		if (wanted) await api.put(this.#path(id));
		else await api.delete(this.#path(id));
		this.#known.set(id, wanted);
	}
}
