import * as v from 'valibot';
import { countryCode } from './tax-table.ts';

const millimetres = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(20_000));

/** One piece as it is packed. */
export const parcel = v.strictObject({
	weightGrams: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1_000_000))),
	/** Length, width, height. */
	sizeMm: v.optional(v.tuple([millimetres, millimetres, millimetres])),
});
export type Parcel = v.InferOutput<typeof parcel>;

/** What a border asks about goods. */
export const customs = v.strictObject({
	/** Country of origin, ISO 3166-1 alpha-2. */
	origin: v.optional(countryCode),
	/** Harmonized System: six digits, national lines up to ten. */
	hsCode: v.optional(v.pipe(v.string(), v.regex(/^\d{6}(?:\d{2}){0,2}$/))),
	/** Incoterms: who pays import duties and taxes. `ddp` the seller, `dap` the buyer. */
	duties: v.optional(v.picklist(['ddp', 'dap'])),
});
export type Customs = v.InferOutput<typeof customs>;
