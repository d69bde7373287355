import * as v from 'valibot';
import { localText } from '../platform/local-text.ts';

/** How goods are taxed; which rate that is in a region stands in the shop's table. */
export const taxClasses = ['standard', 'reduced', 'digital', 'zero', 'exempt'] as const;
export type TaxClass = (typeof taxClasses)[number];

/** How a region is taxed: at its rates; not, because the buyer's business owes the tax; not, because goods leave the seller's tax area; not at all. */
export const taxTreatments = ['taxed', 'reverseCharge', 'export', 'exempt'] as const;
export type TaxTreatment = (typeof taxTreatments)[number];

export const MAX_TAX_REGIONS = 60;
const MAX_RATE_BPS = 10_000;

/** One printed line: no control, bidirectional or invisible characters. */
const line = (max: number) =>
	v.pipe(
		v.string(),
		v.trim(),
		v.minLength(1),
		v.maxLength(max),
		v.check((text) => !/[\p{Cc}\p{Zl}\p{Zp}\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/u.test(text), 'control characters'),
	);
const rate = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MAX_RATE_BPS));
export const countryCode = v.pipe(v.string(), v.regex(/^[A-Z]{2}$/));

export const taxRegion = v.strictObject({
	/** `DE` a country, `US-CA` a part of one (ISO 3166-2), `*` everywhere else. */
	region: v.pipe(v.string(), v.regex(/^(?:\*|[A-Z]{2}(?:-[A-Z0-9]{1,3})?)$/)),
	/** How buyers write the part in their address, beside its code: `California`. */
	aliases: v.optional(v.pipe(v.array(line(40)), v.maxLength(6))),
	/** What the tax is called there: VAT, GST, 增值税. */
	name: v.optional(line(24)),
	/** `taxed` when left out. `reverseCharge` concerns buyers who give a tax id; others pay the rates. */
	treatment: v.optional(v.picklist(taxTreatments)),
	/** Basis points of the price without tax. A class without a rate of its own takes the standard one. */
	standard: rate,
	reduced: v.optional(rate),
	digital: v.optional(rate),
	/** Why no tax is charged, or whatever the law wants said; printed on the invoice. */
	note: v.optional(localText(200)),
});
export type TaxRegion = v.InferOutput<typeof taxRegion>;

/** Who sells, as an invoice must name them. Public for good: people who sell privately leave it out. */
export const legalSeller = v.strictObject({
	name: line(120),
	street: line(200),
	city: line(80),
	postcode: v.optional(line(16)),
	country: countryCode,
	ids: v.optional(v.pipe(v.array(v.strictObject({ label: line(24), value: line(40) })), v.maxLength(4))),
});
export type LegalSeller = v.InferOutput<typeof legalSeller>;

/** Part of a shop's profile on the chain, so that whoever has an order can recompute its invoice. What buyers pay always contains the tax. */
export const taxSettings = v.strictObject({
	seller: v.optional(legalSeller),
	/** How invoices write line amounts; the total is the same. */
	amounts: v.optional(v.picklist(['inclusive', 'exclusive'])),
	regions: v.pipe(
		v.array(taxRegion),
		v.maxLength(MAX_TAX_REGIONS),
		v.check((regions) => new Set(regions.map((one) => one.region)).size === regions.length, 'each region once'),
	),
});
export type TaxSettings = v.InferOutput<typeof taxSettings>;
