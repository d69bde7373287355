import * as v from 'valibot';
import type { Address } from 'viem';
import type { LocalText } from '../platform/local-text.ts';
import type { MediaView } from '../platform/media.ts';
import type { Money } from '../platform/money.ts';
import { MAX_CART_LINES, MAX_CART_QUANTITY } from './cart-limits.ts';
import type { OfferTermsWire } from './wire.ts';

// What somebody means to buy, before any of it is an order.

/** How long a quote holds, seconds; the orders made from it end with it. */
export const QUOTE_SECONDS = 900;

const address = v.custom<Address>((x) => typeof x === 'string' && /^0x[0-9a-fA-F]{40}$/.test(x), 'address');
const amount = v.pipe(v.string(), v.regex(/^\d{1,39}$/));
const offerId = v.pipe(v.string(), v.regex(/^[1-9]\d{0,77}$/));
const whole = (max: number) => v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(max));

/** One offer in a cart, with what its price was when it was put there. */
export const cartLine = v.strictObject({
	offerId,
	quantity: whole(MAX_CART_QUANTITY),
	seen: v.strictObject({ version: whole(0xffffffff), currency: address, unitPrice: amount, shippingPrice: amount }),
	/** Who referred the buyer. */
	affiliate: v.nullable(address),
	/** Unix seconds. */
	addedAt: whole(Number.MAX_SAFE_INTEGER),
});
export type CartLine = v.InferOutput<typeof cartLine>;

export const cartLines = v.pipe(v.array(cartLine), v.maxLength(MAX_CART_LINES));

/** POST /api/quotes */
export const quoteRequest = v.strictObject({
	lines: v.pipe(v.array(v.strictObject({ offerId, quantity: whole(MAX_CART_QUANTITY) })), v.minLength(1), v.maxLength(MAX_CART_LINES)),
});
export type QuoteRequest = v.InferOutput<typeof quoteRequest>;

/** Why a line cannot be bought: taken off sale, nothing left, or fewer left than wanted. */
export type QuoteProblem = 'gone' | 'soldOut' | 'short';

/** One line as it can be bought now. Without a listing when there is no such offer. */
export interface QuoteLine {
	offerId: string;
	quantity: number;
	problem: QuoteProblem | null;
	/** Null: unlimited. */
	left: number | null;
	offer: {
		listing: { id: string; version: number; title: LocalText; image: MediaView | null; kind: 'physical' | 'digital'; variant: LocalText[] };
		shop: { id: string; slug: string; name: LocalText };
		terms: OfferTermsWire;
	} | null;
}

/** Prices and terms as they are at `at`; orders made from it say the same `validBefore`, and the contract holds them to it. */
export interface Quote {
	lines: QuoteLine[];
	feeBps: number;
	/** Unix seconds, the market's clock. */
	at: number;
	validBefore: number;
	/** Version of the rate table that approximate prices were read by; null without one. */
	ratesVersion: number | null;
}

export interface CheckoutReads {
	/** What an account keeps in its cart on this server, oldest first. */
	cart(account: Address): Promise<CartLine[]>;
	quote(lines: readonly { offerId: string; quantity: number }[]): Promise<Quote>;
}

/**
 * Two carts of one person as one: every offer once, with the larger of both quantities and the price that was seen last.
 * Merging the same again changes nothing. What does not fit falls off at the young end.
 */
export function mergeCarts(one: readonly CartLine[], other: readonly CartLine[]): CartLine[] {
	const merged = new Map<string, CartLine>();
	for (const line of [...one, ...other]) {
		const known = merged.get(line.offerId);
		if (!known) {
			merged.set(line.offerId, line);
			continue;
		}
		const [older, newer] = isNewer(line, known) ? [known, line] : [line, known];
		merged.set(line.offerId, {
			...newer,
			quantity: Math.max(older.quantity, newer.quantity),
			affiliate: newer.affiliate ?? older.affiliate,
			addedAt: Math.min(older.addedAt, newer.addedAt),
		});
	}
	return [...merged.values()].sort((a, b) => a.addedAt - b.addedAt || (a.offerId < b.offerId ? -1 : 1)).slice(0, MAX_CART_LINES);
}

/** By version of the listing, then by price: any order that does not depend on who is asked first. */
function isNewer(a: CartLine, b: CartLine): boolean {
	if (a.seen.version !== b.seen.version) return a.seen.version > b.seen.version;
	if (a.addedAt !== b.addedAt) return a.addedAt > b.addedAt;
	return JSON.stringify(a) > JSON.stringify(b);
}

/** What a line costs: goods, delivery, both. One order, hence one delivery. */
export function priceOfLine(terms: Pick<OfferTermsWire, 'unitPrice' | 'shippingPrice'>, quantity: number): { goods: bigint; delivery: bigint; total: bigint } {
	const goods = BigInt(terms.unitPrice) * BigInt(quantity);
	const delivery = BigInt(terms.shippingPrice);
	return { goods, delivery, total: goods + delivery };
}

/** What a line came to when it was put in, if its coin or price differ now. */
export function priceChange(line: Pick<CartLine, 'quantity' | 'seen'>, terms: OfferTermsWire): { before: Money; now: Money } | null {
	const before = priceOfLine(line.seen, line.quantity).total;
	const now = priceOfLine(terms, line.quantity).total;
	const sameCoin = line.seen.currency.toLowerCase() === terms.currency.toLowerCase();
	if (sameCoin && before === now) return null;
	return { before: { currency: line.seen.currency, amount: before.toString() }, now: { currency: terms.currency, amount: now.toString() } };
}

/** One sum per coin, in the order in which the coins first appear. */
export function sumByCurrency(amounts: readonly Money[]): Money[] {
	const sums = new Map<string, Money>();
	for (const { currency, amount: more } of amounts) {
		const key = currency.toLowerCase();
		const known = sums.get(key);
		sums.set(key, { currency: known?.currency ?? currency, amount: (BigInt(known?.amount ?? 0) + BigInt(more)).toString() });
	}
	return [...sums.values()];
}
