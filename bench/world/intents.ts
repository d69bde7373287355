import type { MarketInfo } from '@kaishi/protocol/discovery';
import { type Order, orderIdOf, orderToWire, settle } from '@kaishi/protocol/order';
import { tabSignature } from '@kaishi/protocol/tab';
import { type Hex, hexToBytes, keccak256, toHex, zeroAddress, zeroHash } from 'viem';
import { signDigest } from '../../server/src/platform/crypto/secp256k1.ts';
import type { Shot } from '../load/messages.ts';
import { type Buyer, type Key, keyOf } from './buyers.ts';
import type { Offer } from './offers.ts';

/** `intents`: orders by the key of a tab, answered with a receipt. `relay`: orders by the buyer, paid from the balance, answered from the chain. */
export const doors = { intents: '/api/intents', relay: '/api/relay/order' } as const;
export type Door = keyof typeof doors;

/** A signed order for one piece, ready to send. */
export interface Intent {
	orderId: Hex;
	order: Order;
	total: bigint;
	/** Signed by a key that may not. */
	forged: boolean;
	shot: Shot;
}

export interface IntentTerms {
	door: Door;
	info: MarketInfo;
	/** Unix seconds. */
	validBefore: number;
}

const stranger = keyOf('a stranger who signs for others');

/** @param salt Makes the order one of its kind; the same salt gives the same order. */
export function signIntent(terms: IntentTerms, buyer: Buyer, offer: Offer, salt: string): Intent {
	return signAs(terms, buyer, offer, salt, null);
}

/** The buyer's order, and the buyer's name for it, but somebody else's signature. */
export function forgeIntent(terms: IntentTerms, buyer: Buyer, offer: Offer, salt: string, source: string): Intent {
	return signAs(terms, buyer, offer, salt, { key: stranger, source });
}

function signAs({ door, info, validBefore }: IntentTerms, buyer: Buyer, offer: Offer, salt: string, forger: { key: Key; source: string } | null): Intent {
	const order: Order = {
		offerId: offer.offerId,
		version: 1,
		terms: offer.terms,
		buyer: buyer.address,
		quantity: 1n,
		affiliate: zeroAddress,
		feeBps: info.feeBps,
		detailsHash: zeroHash,
		validBefore: BigInt(validBefore),
		salt: keccak256(toHex(salt)),
	};
	const orderId = orderIdOf(order, info.chainId, info.contracts.orderBook);
	const own = door === 'intents' ? buyer.tabKey : buyer;
	const bytes = signDigest(hexToBytes((forger?.key ?? own).privateKey), orderId);
	const signature = door === 'intents' ? tabSignature(own.address, bytes) : bytes;
	return {
		orderId,
		order,
		total: settle(order).total,
		forged: forger !== null,
		shot: { body: JSON.stringify({ order: orderToWire(order), signature }), source: forger?.source ?? buyer.source },
	};
}
