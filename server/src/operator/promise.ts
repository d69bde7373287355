import type { Receipt, ReceiptStatus } from '@kaishi/protocol/operator';
import type { Order, OrderWire } from '@kaishi/protocol/order';
import type { Address, Hex } from 'viem';

/** A signed order whose id and payer are known; nothing of it has been checked against the world. */
export interface Intent {
	orderId: Hex;
	order: Order;
	termsHash: Hex;
	/** The tab's key and its signature of the order's id: 85 bytes, in lower case. */
	signature: Hex;
	/** In lower case, as recovered signers are. */
	key: Address;
	total: bigint;
	/** Which offer and tab it is about, see `tabId`. */
	offerId: string;
	tab: string;
}

/** An intent that holds goods and money until it stands on the chain. */
export interface Held {
	intent: Intent;
	/** Null for goods that others can take from under us: there the block is the answer. */
	receipt: Receipt | null;
}

/** A promise that is to be written down. */
export interface NewPromise {
	receipt: Receipt;
	key: Address;
	wire: OrderWire;
	signature: Hex;
}

/** A promise as it was written down. */
export interface JournaledPromise {
	receipt: Receipt;
	receiptSignature: Hex;
	wire: OrderWire;
	signature: Hex;
	status: ReceiptStatus;
	reason: string | null;
}
