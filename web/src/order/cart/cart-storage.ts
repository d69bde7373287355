import type { CartLine } from '@kaishi/protocol/order';
import { MAX_CART_LINES, MAX_CART_QUANTITY } from '@kaishi/protocol/order/cart-limits';

/** A cart as this browser keeps it: a visitor's own, or a copy of what the account has on the server. */
export interface StoredCart {
	owner: string | null;
	lines: CartLine[];
}

export const CART_KEY = 'kaishi.cart';
export const EMPTY: StoredCart = { owner: null, lines: [] };

const amount = /^\d{1,39}$/;
const address = /^0x[0-9a-fA-F]{40}$/;

/** What other versions of this page, or other pages, may have left behind is looked at before it is believed. */
function isLine(x: unknown): x is CartLine {
	const line = x as CartLine | null;
	return (
		typeof line === 'object' &&
		line !== null &&
		/^[1-9]\d{0,77}$/.test(String(line.offerId)) &&
		Number.isInteger(line.quantity) &&
		line.quantity >= 1 &&
		line.quantity <= MAX_CART_QUANTITY &&
		Number.isInteger(line.addedAt) &&
		Number.isInteger(line.seen?.version) &&
		address.test(line.seen.currency) &&
		amount.test(line.seen.unitPrice) &&
		amount.test(line.seen.shippingPrice) &&
		(line.affiliate === null || address.test(String(line.affiliate)))
	);
}

export function parseCart(text: string | null): StoredCart {
	try {
		const stored = JSON.parse(text ?? 'null') as Partial<StoredCart> | null;
		if (!stored || !Array.isArray(stored.lines)) return EMPTY;
		const lines = stored.lines.filter(isLine).slice(0, MAX_CART_LINES);
		const known = new Set<string>();
		return {
			owner: typeof stored.owner === 'string' ? stored.owner : null,
			lines: lines.filter(({ offerId }) => !known.has(offerId) && known.add(offerId)),
		};
	} catch {
		return EMPTY;
	}
}

export function readCart(): StoredCart {
	try {
		return parseCart(localStorage.getItem(CART_KEY));
	} catch {
		return EMPTY;
	}
}

export function writeCart(cart: StoredCart) {
	try {
		localStorage.setItem(CART_KEY, JSON.stringify(cart));
	} catch {
		// Storage is full or forbidden: the cart ends with this page.
		return;
	}
}
