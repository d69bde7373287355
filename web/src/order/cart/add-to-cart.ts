import type { CartLine } from '@kaishi/protocol/order';
import type { OfferView } from '@kaishi/protocol/shop';
import { chainNow } from '#platform/chain-clock.svelte.ts';
import { explain } from '#platform/errors/explain.ts';
import { m } from '#platform/i18n/index.ts';
import { toast } from '#platform/ui/toast.svelte.ts';
import { cart } from './cart.svelte.ts';

/** Puts an offer as it is shown into the cart and says so, with a way back. */
export async function addToCart(offer: OfferView, version: number, quantity: number, affiliate: `0x${string}` | null): Promise<void> {
	const before = cart.lines.find(({ offerId }) => offerId === offer.offerId);
	const { currency, unitPrice, shippingPrice } = offer.terms;
	try {
		await cart.add({ offerId: offer.offerId, quantity, seen: { version, currency, unitPrice, shippingPrice }, affiliate, addedAt: chainNow() });
		toast(m.cart_added(), 'good', { text: m.cart_undo(), run: () => void sayFailure(before ? cart.put(before) : cart.drop([offer.offerId])) });
	} catch (error) {
		toast(await explain(error), 'bad');
	}
}

/** Takes a line out and says so, with a way back. */
export async function removeFromCart(line: CartLine): Promise<void> {
	try {
		const dropped = await cart.drop([line.offerId]);
		if (dropped.length > 0) toast(m.cart_removed(), 'plain', { text: m.cart_undo(), run: () => void sayFailure(cart.put(line)) });
	} catch (error) {
		toast(await explain(error), 'bad');
	}
}

/** Waits, and shows what went wrong. */
export async function sayFailure(work: Promise<unknown>): Promise<void> {
	try {
		await work;
	} catch (error) {
		toast(await explain(error), 'bad');
	}
}
