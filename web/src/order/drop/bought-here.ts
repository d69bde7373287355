import type { Hex } from 'viem';

/** What an account has bought of an offer in this tab of the browser. */
interface Place {
	account: string;
	offerId: string;
}

const keyOf = ({ account, offerId }: Place) => `kaishi.bought/${account.toLowerCase()}/${offerId}`;

/** Keeps what this tab of the browser shows as bought, for a reload. Storage may be forbidden: then nothing is shown again. */
export function rememberBought(place: Place, orderId: Hex) {
	try {
		sessionStorage.setItem(keyOf(place), orderId);
	} catch {
		return;
	}
}

export function forgetBought(place: Place) {
	try {
		sessionStorage.removeItem(keyOf(place));
	} catch {
		return;
	}
}

/** The order that was shown when the page was left without a word; null: none. */
export function boughtBefore(place: Place): Hex | null {
	try {
		const orderId = sessionStorage.getItem(keyOf(place));
		return orderId !== null && /^0x[0-9a-f]{64}$/i.test(orderId) ? (orderId as Hex) : null;
	} catch {
		return null;
	}
}
