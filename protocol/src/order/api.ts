import type { Hex } from 'viem';
import type { DeliveryDetails, ReasonNote, TrackingNote } from './details.ts';

/** POST /api/orders/:id/delivery, before or after placing; shown once an order names its hash as `detailsHash`. */
export interface PostDelivery {
	details: DeliveryDetails;
	salt: Hex;
}
/** POST /api/orders/:id/tracking by the shop (orders role), before or after `ship`. */
export interface PostTracking {
	note: TrackingNote;
	salt: Hex;
}
/** POST /api/orders/:id/return-parcel by the buyer, before or after `sendBack`. */
export type PostReturnParcel = PostTracking;
/** POST /api/orders/:id/reason by either side, before or after a request or a dispute. */
export interface PostReason {
	note: ReasonNote;
	salt: Hex;
}
/** The answer to all four: what stands, or has to stand, on the chain. */
export interface StoredNote {
	hash: Hex;
}

/**
 * The answer to GET /api/orders/placed?ids=<comma-separated, at most `MAX_CART_LINES`>: which of these orders this operator shows. Not yet, or
 * never, is an answer too, so whoever waits for an order asks here.
 */
export interface PlacedOrders {
	placed: Hex[];
}

/** Largest file of a digital listing. */
export const MAX_DOWNLOAD_BYTES = 50 * 1024 * 1024;

/** PUT /api/listings/:id/download?name=<file name> (body: the file, at most `MAX_DOWNLOAD_BYTES`), shop's catalogue role; GET tells it, or null. */
export interface UploadedDownload {
	name: string;
	bytes: number;
	/** Hex without 0x. */
	sha256: string;
}

/** Offers live at most this long: what is signed stays good until it expires or the order moves on. */
export const MAX_OFFER_SECONDS = 48 * 3600;
/** Offers of one side that wait at the same step. */
export const MAX_OFFERS = 8;

/** POST /api/orders/:id/offers by a side: its signed `SettlementOffer` at the order's present step. DELETE takes the side's own ones off the page. */
export interface PostOffer {
	buyerBps: number;
	step: number;
	/** Unix seconds. */
	validBefore: number;
	/** Of the signed-in account: ECDSA, or what its contract accepts (ERC-1271). */
	signature: Hex;
}
