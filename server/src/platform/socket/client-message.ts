import * as v from 'valibot';
import { parseMessage } from './parse-message.ts';

/** `order:0x…`, `shop:12`, `listing:34`, `account:0x…`, `recovery:0x…`, `trades`, `catalog`, `live`, `live:<show>`; addresses and ids in lower case from here on. */
const topic = v.pipe(
	v.string(),
	v.maxLength(90),
	v.regex(/^(trades|catalog|live|live:[0-9a-f]{16}|(shop|listing):\d{1,78}|order:0x[0-9a-fA-F]{64}|(account|recovery):0x[0-9a-fA-F]{40})$/),
	v.toLowerCase(),
);
const topics = v.optional(v.pipe(v.array(topic), v.maxLength(64)), []);
const clientMessage = v.pipe(
	v.unknown(),
	// An array passes for an object without fields.
	v.check((input) => !Array.isArray(input)),
	v.strictObject({ subscribe: topics, unsubscribe: topics, ageMs: v.optional(v.pipe(v.number(), v.minValue(0)), 0) }),
);

export interface TopicChanges {
	subscribe: string[];
	unsubscribe: string[];
	/** Milliseconds; 0 for whoever wants no news of the past. */
	ageMs: number;
}

/** Null for anything that is not a `ClientMessage`. */
export const parseClientMessage = (text: string): TopicChanges | null => parseMessage(clientMessage, text);
