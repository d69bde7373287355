import * as v from 'valibot';
import { concat, type Hex, keccak256 } from 'viem';
import { toCanonicalHex } from '../platform/canonical-json.ts';

const line = (max: number) => v.pipe(v.string(), v.trim(), v.maxLength(max));
const required = (max: number) => v.pipe(line(max), v.minLength(1));

/** Where to deliver: kept off the chain, which holds only `detailsHashOf`. */
export const deliveryDetails = v.strictObject({
	name: required(80),
	phone: v.pipe(required(32), v.regex(/^[+\d][\d ()-]{4,31}$/)),
	/** ISO 3166-1 alpha-2. */
	country: v.pipe(v.string(), v.regex(/^[A-Z]{2}$/)),
	region: line(80),
	city: required(80),
	street: required(200),
	postcode: line(16),
	note: line(300),
	/** For businesses: whom the invoice names, and the number under which they account for tax. */
	company: v.optional(required(120)),
	taxId: v.optional(v.pipe(required(24), v.regex(/^[A-Za-z0-9][A-Za-z0-9 .-]{3,23}$/))),
});
export type DeliveryDetails = v.InferOutput<typeof deliveryDetails>;

/** What a seller tells when shipping; the chain holds its hash. */
export const trackingNote = v.strictObject({ carrier: required(60), number: required(60) });
export type TrackingNote = v.InferOutput<typeof trackingNote>;

/** Why a buyer disputes; the chain holds its hash. */
export const disputeReason = v.strictObject({ reason: required(1000) });
export type DisputeReason = v.InferOutput<typeof disputeReason>;

/** keccak256(salt ‖ canonical JSON): nothing can be guessed from it without the 256-bit salt. */
export function detailsHashOf(details: DeliveryDetails | TrackingNote | DisputeReason, salt: Hex): Hex {
	return keccak256(concat([salt, toCanonicalHex(details)]));
}
