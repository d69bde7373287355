import * as v from 'valibot';
import { CONTENT_ID } from '../platform/content-id.ts';
import { localText } from '../platform/local-text.ts';
import { customs, parcel } from './parcel.ts';
import { taxClasses, taxSettings } from './tax-table.ts';

/** What the contract accepts as one content, in bytes of canonical JSON. */
export const MAX_CONTENT_BYTES = 8192;

/** Most pictures and variants of one listing; the contract too takes no more offers in one. */
export const MAX_PICTURES = 12;
export const MAX_VARIANTS = 64;
/** Largest `perAccount` of a listing. */
export const MAX_PER_ACCOUNT = 9999;

/** Same rule as Shop.sol: 3–32 of a–z, 0–9 and inner hyphens. */
export const SLUG = /^[a-z0-9](?:[a-z0-9-]{1,30})[a-z0-9]$/;
export const slug = v.pipe(v.string(), v.regex(SLUG));

const contentId = v.pipe(v.string(), v.regex(CONTENT_ID));

export const categories = ['tea', 'food', 'ceramics', 'fashion', 'home', 'craft', 'paper', 'electronics', 'beauty', 'toys', 'outdoors', 'digital'] as const;
export type Category = (typeof categories)[number];

/** Canonical JSON of a shop's public profile on the chain. */
export const shopProfile = v.strictObject({
	name: localText(60),
	tagline: v.optional(localText(120)),
	about: v.optional(localText(1500)),
	/** A brand or a person. */
	kind: v.picklist(['b2c', 'c2c']),
	/** ISO 3166-1 alpha-2. */
	country: v.optional(v.pipe(v.string(), v.regex(/^[A-Z]{2}$/))),
	/** CIDs of picture manifests. */
	logo: v.optional(contentId),
	banner: v.optional(contentId),
	theme: v.optional(v.picklist(['vermilion', 'jade', 'indigo', 'plum', 'amber', 'ink'])),
	/** In force for orders placed from this version of the profile on. */
	tax: v.optional(taxSettings),
});
export type ShopProfile = v.InferOutput<typeof shopProfile>;

/** `cid` names the picture's manifest (`MediaManifest`). */
export const mediaItem = v.strictObject({
	cid: contentId,
	width: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(20000)),
	height: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(20000)),
	alt: v.optional(localText(160)),
});
export type MediaItem = v.InferOutput<typeof mediaItem>;

/** Canonical JSON of a listing on the chain; prices and stock stand beside it in the offers. */
export const listingContent = v.pipe(
	v.strictObject({
		title: localText(120),
		description: v.optional(localText(3000)),
		category: v.picklist(categories),
		kind: v.picklist(['physical', 'digital']),
		media: v.pipe(v.array(mediaItem), v.maxLength(MAX_PICTURES)),
		/** Names of what varies, e.g. colour and size; at most three. */
		options: v.pipe(v.array(localText(30)), v.maxLength(3)),
		/** One per offer, in order; `values` answers `options` one by one, `media` picks a picture. */
		variants: v.pipe(
			v.array(
				v.strictObject({
					values: v.array(localText(40)),
					sku: v.optional(v.pipe(v.string(), v.maxLength(40))),
					media: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MAX_PICTURES - 1))),
				}),
			),
			v.minLength(1),
			v.maxLength(MAX_VARIANTS),
		),
		attributes: v.optional(v.pipe(v.array(v.strictObject({ name: localText(40), value: localText(120) })), v.maxLength(20))),
		/** Without one, downloads are `digital` and everything else `standard`. */
		taxClass: v.optional(v.picklist(taxClasses)),
		parcel: v.optional(parcel),
		customs: v.optional(customs),
		/** Units of the listing that one account may have; what was cancelled or refunded does not count. Kept by the operators, not by the contract. */
		perAccount: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MAX_PER_ACCOUNT))),
		/** A flash deal shown to those alone who take its coupon in a live room. Who knows of it can buy it all the same. */
		coupon: v.optional(v.literal(true)),
	}),
	v.check((listing) => listing.kind === 'physical' || (!listing.parcel && !listing.customs), 'only parcels have a weight and cross a border'),
);
export type ListingContent = v.InferOutput<typeof listingContent>;
