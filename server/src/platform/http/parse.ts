import { Refusal } from '@kaishi/protocol/platform/errors';
import type { Context } from 'hono';
import * as v from 'valibot';
import { type Address, getAddress, type Hex, isAddress } from 'viem';

/** A decimal id of shops and listings. */
export const idText = v.pipe(v.string(), v.regex(/^\d{1,78}$/));

/** An address in any case; parsed to the checksummed spelling that tables use. */
export const addressText = v.pipe(
	v.string(),
	v.check((text) => isAddress(text, { strict: false }), 'address'),
	v.transform((text): Address => getAddress(text)),
);

/** 32 bytes, parsed to lower case as ids in tables are. */
export const bytes32Text = v.pipe(
	v.string(),
	v.regex(/^0x[0-9a-fA-F]{64}$/),
	v.transform((text) => text.toLowerCase() as Hex),
);

/** A number in a query string. */
export const wholeNumber = (min: number, max: number) => v.pipe(v.string(), v.regex(/^\d{1,15}$/), v.transform(Number), v.minValue(min), v.maxValue(max));

/** Parses with `schema` or refuses, naming the first field that is wrong and never its value. */
export function parseOrRefuse<S extends v.GenericSchema>(schema: S, input: unknown): v.InferOutput<S> {
	const result = v.safeParse(schema, input, { abortEarly: true });
	if (result.success) return result.output;
	throw new Refusal('Request_Invalid', 'invalid', { field: v.getDotPath(result.issues[0]) ?? '' });
}

export function parseQuery<S extends v.GenericSchema>(schema: S, c: Context): v.InferOutput<S> {
	return parseOrRefuse(schema, c.req.query());
}

/** The JSON body; refused when it is not JSON. */
export async function parseBody<S extends v.GenericSchema>(schema: S, c: Context): Promise<v.InferOutput<S>> {
	let body: unknown;
	try {
		body = await c.req.json();
	} catch (cause) {
		if (cause instanceof Refusal) throw cause;
		throw new Refusal('Request_InvalidJson', 'invalid', {}, { cause });
	}
	return parseOrRefuse(schema, body);
}
