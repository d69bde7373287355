import type { Address, Hex } from 'viem';
import type { Relayed } from '../account/index.ts';
import type { OrderWire } from '../order/index.ts';
import type { ReceiptWire } from './receipt.ts';

/** POST /api/intents: an order, and its signature by the key of the tab that pays for it. */
export interface IntentRequest {
	order: OrderWire;
	signature: Hex;
}

/** A receipt and who answers for it. */
export interface SignedReceipt {
	operatorId: number;
	signer: Address;
	receipt: ReceiptWire;
	/** Over `receiptDigest`. */
	signature: Hex;
}

/**
 * What POST /api/intents says: a receipt at once where nobody can take the goods or the money from under the promise; the
 * order on the chain otherwise. Exactly one of the two. The same intent gets the same answer again.
 */
export interface IntentAnswer {
	orderId: Hex;
	receipt: SignedReceipt | null;
	placed: Relayed | null;
}

/** `failed`: the order was refused on the chain; the receipt is then good for a compensation. */
export const receiptStatuses = ['promised', 'placed', 'failed'] as const;
export type ReceiptStatus = (typeof receiptStatuses)[number];

/** GET /api/receipts/:orderId */
export interface ReceiptView extends SignedReceipt {
	status: ReceiptStatus;
	/** Why it failed: the name of the contract's error. */
	reason: string | null;
}

/** GET /api/offers/:offerId/left: what can still be promised. */
export interface OfferLeft {
	offerId: string;
	/** Null: without end. */
	left: string | null;
	/** Intents that wait for an answer. */
	waiting: number;
}
