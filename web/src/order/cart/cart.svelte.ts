import type { CartLine } from '@kaishi/protocol/order';
import { MAX_CART_LINES, MAX_CART_QUANTITY } from '@kaishi/protocol/order/cart-limits';
import { Refusal } from '@kaishi/protocol/platform/errors';
import { api } from '#platform/api/client.ts';
import { CART_KEY, EMPTY, parseCart, readCart, writeCart } from './cart-storage.ts';

interface Answer {
	lines: CartLine[];
}

/**
 * What this person means to buy. A visitor's stands in the browser; a signed-in person's on the server too, joined by
 * what the browser had gathered before. Every change shows at once and is told to the server after; when that fails it
 * is taken back.
 */
class Cart {
	lines = $state.raw<CartLine[]>([]);
	/** The browser's storage has been read: before that an empty cart means nothing. */
	isOpen = $state(false);
	#owner: string | null = null;

	readonly count = $derived(this.lines.reduce((sum, line) => sum + line.quantity, 0));

	/**
	 * @param viewer who is signed in. Call again whenever that changes. Throws `Refusal` when the server cannot be asked.
	 * @returns how many of the browser's lines the account's cart had no room for.
	 */
	async open(viewer: string | null): Promise<number> {
		const stored = readCart();
		// Somebody else's cart is not shown to whoever uses the browser next.
		const own = stored.owner === null || stored.owner === viewer ? stored : EMPTY;
		this.#owner = viewer;
		this.#keep(own.lines);
		this.isOpen = true;
		if (viewer === null) return 0;
		const guest = stored.owner === null && own.lines.length > 0;
		const { lines } = guest ? await api.post<Answer>('/api/cart', { lines: own.lines }) : await api.get<Answer>('/api/cart');
		if (this.#owner !== viewer) return 0;
		this.#keep(lines);
		return guest ? own.lines.filter(({ offerId }) => !lines.some((line) => line.offerId === offerId)).length : 0;
	}

	/** Another tab has changed it. */
	hear(event: StorageEvent) {
		if (event.key !== CART_KEY) return;
		const stored = parseCart(event.newValue);
		if (stored.owner === this.#owner) this.lines = stored.lines;
	}

	/** Puts it in, or more of it. Throws `Refusal`. */
	async add(line: CartLine): Promise<void> {
		const known = this.lines.find(({ offerId }) => offerId === line.offerId);
		if (!known && this.lines.length >= MAX_CART_LINES) throw new Refusal('Cart_Full', 'conflict', { most: String(MAX_CART_LINES) });
		const quantity = Math.min(MAX_CART_QUANTITY, line.quantity + (known?.quantity ?? 0));
		await this.put({ ...line, quantity, affiliate: line.affiliate ?? known?.affiliate ?? null, addedAt: known?.addedAt ?? line.addedAt });
	}

	/** Puts a line in as it is, in the place of one of the same offer. Throws `Refusal`. */
	put(line: CartLine): Promise<void> {
		const others = this.lines.some(({ offerId }) => offerId === line.offerId)
			? this.lines.map((one) => (one.offerId === line.offerId ? line : one))
			: [...this.lines, line];
		return this.#change(others, () => api.put(`/api/cart/${line.offerId}`, line));
	}

	/** Takes lines out; those that were there are returned for putting them back. Throws `Refusal`. */
	async drop(offerIds: readonly string[]): Promise<CartLine[]> {
		const dropped = this.lines.filter(({ offerId }) => offerIds.includes(offerId));
		if (dropped.length === 0) return [];
		await this.#change(
			this.lines.filter((line) => !dropped.includes(line)),
			() => api.post('/api/cart/drop', { offerIds: dropped.map(({ offerId }) => offerId) }),
		);
		return dropped;
	}

	async #change(lines: CartLine[], tell: () => Promise<unknown>) {
		const before = this.lines;
		this.#keep(lines);
		if (this.#owner === null) return;
		try {
			await tell();
		} catch (error) {
			if (this.lines === lines) this.#keep(before);
			throw error;
		}
	}

	#keep(lines: CartLine[]) {
		this.lines = lines;
		writeCart({ owner: this.#owner, lines });
	}
}

export const cart = new Cart();
