import * as v from 'valibot';

/** What somebody sent over a socket, as JSON; null for anything that is not what `schema` says. */
export function parseMessage<S extends v.GenericSchema>(schema: S, text: string): v.InferOutput<S> | null {
	try {
		const parsed = v.safeParse(schema, JSON.parse(text));
		return parsed.success ? parsed.output : null;
	} catch {
		return null;
	}
}
