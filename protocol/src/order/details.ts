import * as v from 'valibot';
import { concat, type Hex, keccak256 } from 'viem';
import { toCanonicalHex } from '../platform/canonical-json.ts';
import { CONTENT_ID } from '../platform/content-id.ts';

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

/** What a seller tells when shipping, and a buyer when sending back; the chain holds its hash. */
export const trackingNote = v.strictObject({ carrier: required(60), number: required(60) });
export type TrackingNote = v.InferOutput<typeof trackingNote>;

/** Pictures of what is wrong. */
export const MAX_REASON_PICTURES = 6;

/** Why a side asks for something or goes to court; the chain holds its hash. */
export const reasonNote = v.strictObject({
	reason: required(1000),
	/** Manifests of pictures left at `/api/orders/:id/pictures` before. */
	pictures: v.optional(v.pipe(v.array(v.pipe(v.string(), v.regex(CONTENT_ID))), v.maxLength(MAX_REASON_PICTURES))),
});
export type ReasonNote = v.InferOutput<typeof reasonNote>;

/** keccak256(salt ‖ canonical JSON): nothing can be guessed from it without the 256-bit salt. */
export function detailsHashOf(details: DeliveryDetails | TrackingNote | ReasonNote, salt: Hex): Hex {
	return keccak256(concat([salt, toCanonicalHex(details)]));
}
