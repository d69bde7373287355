import type { FollowedShop } from '@kaishi/protocol/social';
import { SvelteMap } from 'svelte/reactivity';
import { api } from '#platform/api/client.ts';

/** Which shops the person in front follows, wherever they stand on a page. Asked for once. */
class Follows {
	readonly #known = new SvelteMap<string, boolean>();
	#askedFor: string | null = null;

	/** Asks for an account's; another account's are forgotten. */
	load(account: string): void {
		if (this.#askedFor === account) return;
		this.#askedFor = account;
		this.#known.clear();
		api.get<FollowedShop[]>('/api/follows').then(
			(shops) => {
				for (const { id } of shops) if (!this.#known.has(id)) this.#known.set(id, true);
			},
			() => {
				this.#askedFor = null;
			},
		);
	}

	has(shopId: string): boolean {
		return this.#known.get(shopId) ?? false;
	}

	/** Throws `Refusal`. */
	async set(shopId: string, wanted: boolean): Promise<void> {
		if (wanted) await api.put(`/api/follows/${shopId}`);
		else await api.delete(`/api/follows/${shopId}`);
		this.#known.set(shopId, wanted);
	}
}

export const follows = new Follows();
