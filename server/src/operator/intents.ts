import { type OfferTerms, type Order, orderFromWire, orderIdFrom, termsFromWire, termsHashOf } from '@kaishi/protocol/order';
import type { Address, Hex } from 'viem';
import { keccakHex } from '../platform/crypto/keccak.ts';
import type { About } from './holds.ts';
import { listingIdOf } from './judge.ts';
import type { Intent, JournaledPromise } from './promise.ts';
import { type OfferRow, tabId } from './snapshot.ts';

const REMEMBERED = 20_000;
/** A hundred kilobytes or so: anybody may make some up. */
const MOST_TERMS = 200;

/** Reads what intents say, and remembers what is the same in many. */
export class Intents {
	readonly #chainId: number;
	readonly #orderBook: Address;
	readonly #published = new Map<string, Hex>();
	/** By {@link spelled} terms: a crowd signs the same ones. */
	readonly #hashes = new Map<string, Hex>();

	constructor(chainId: number, orderBook: Address) {
		this.#chainId = chainId;
		this.#orderBook = orderBook;
	}

	of(order: Order, signature: Hex): Intent {
		const termsHash = this.#hashOf(order.terms);
		return this.#intent(order, termsHash, signature, orderIdFrom(order, termsHash, this.#chainId, this.#orderBook, keccakHex));
	}

	/** Of a promise that was written down. */
	again({ wire, signature, receipt }: JournaledPromise): Intent {
		const order = orderFromWire(wire);
		return this.#intent(order, termsHashOf(order.terms, keccakHex), signature, receipt.orderId);
	}

	#hashOf(terms: OfferTerms): Hex {
		const text = spelled(terms);
		let hash = this.#hashes.get(text);
		if (hash === undefined) {
			hash = termsHashOf(terms, keccakHex);
			if (this.#hashes.size >= MOST_TERMS) this.#hashes.clear();
			this.#hashes.set(text, hash);
		}
		return hash;
	}

	/** The full hash of the terms that are on sale. */
	termsOf(offer: OfferRow): Hex {
		const key = `${offer.offerId}/${offer.version}`;
		let hash = this.#published.get(key);
		if (hash === undefined) {
			hash = termsHashOf(termsFromWire(offer.terms), keccakHex);
			if (this.#published.size >= REMEMBERED) this.#published.clear();
			this.#published.set(key, hash);
		}
		return hash;
	}

	#intent(order: Order, termsHash: Hex, signature: Hex, orderId: Hex): Intent {
		const key = keyOf(signature);
		const total = order.terms.unitPrice * order.quantity + order.terms.shippingPrice;
		const tab = tabId({ account: order.buyer, key, currency: order.terms.currency });
		return { orderId, order, termsHash, signature, key, total, offerId: order.offerId.toString(), tab };
	}
}

export function aboutOf({ order, key, tab }: Intent): About {
	return { account: order.buyer, currency: order.terms.currency, key, listingId: listingIdOf(order.offerId), tab };
}

/** Numbers and addresses only, so that no two terms are spelled alike. */
const spelled = (terms: OfferTerms) =>
	Object.entries(terms)
		.map(([name, value]) => `${name}:${name === 'splits' ? terms.splits.map(({ recipient, bps }) => `${recipient}/${bps}`) : value}`)
		.join();

const keyOf = (signature: Hex): Address => signature.slice(0, 42).toLowerCase() as Address;
