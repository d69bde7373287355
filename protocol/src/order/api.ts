import type { Hex } from 'viem';
import type { DeliveryDetails, TrackingNote } from './details.ts';

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
/** POST /api/orders/:id/dispute-reason by the buyer, before or after `dispute`. */
export interface PostDisputeReason {
	reason: string;
	salt: Hex;
}
/** The answer to all three: what stands, or has to stand, on the chain. */
export interface StoredNote {
	hash: Hex;
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
