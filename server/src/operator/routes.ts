import { Refusal } from '@kaishi/protocol/platform/errors';
import { Hono } from 'hono';
import * as v from 'valibot';
import type { Hex } from 'viem';
import { orderBody } from '../account/public.ts';
import { createJsonDoor, type JsonDoor, type JsonDoorOptions, type ReadyAnswer } from '../platform/http/json-door.ts';
import { bytes32Text, idText, parseBody, parseOrRefuse } from '../platform/http/parse.ts';
import type { SequencerDoor } from './sequencer-over.ts';

const intentRequest = v.strictObject({
	order: orderBody,
	signature: v.pipe(
		v.string(),
		v.regex(/^0x[0-9a-fA-F]{170}$/),
		v.transform((text) => text.toLowerCase() as Hex),
	),
});

/** Longest intent: an order with sixteen splits takes a third of it. */
const MAX_BYTES = 16 * 1024;
/** Taps of one address. A household shares one, and so does an office. */
const TAPS = { burst: 120, perSecond: 30 };

const take = (sequencer: SequencerDoor) => (body: unknown) => {
	const { order, signature } = parseOrRefuse(intentRequest, body);
	return sequencer.submit(order, signature);
};

/** What an intent is about: what is sold out is sold out for everybody, whatever else they say. */
interface Essence {
	offerId: string;
	wanted: string;
	signature: Hex;
}

function essenceOf(body: unknown): Essence | null {
	const { order, signature } = (body ?? {}) as { order?: { offerId?: unknown; quantity?: unknown } | null; signature?: unknown };
	const { offerId, quantity } = order ?? {};
	if (typeof offerId !== 'string' || typeof quantity !== 'string' || typeof signature !== 'string' || !/^[1-9]\d{0,15}$/.test(quantity)) return null;
	return { offerId, wanted: quantity, signature: signature.toLowerCase() as Hex };
}

function tooLate(sequencer: SequencerDoor, essence: Essence | null): ReadyAnswer | null {
	const text = essence && sequencer.tooLate(essence);
	return text === null ? null : { status: 409, text };
}

/** POST /api/intents for the server's own listener: a thousand may come at once. */
export function createIntentDoor({
	sequencer,
	...options
}: { sequencer: SequencerDoor } & Pick<JsonDoorOptions, 'publicUrl' | 'trustProxy' | 'onError'>): JsonDoor {
	return createJsonDoor({
		...options,
		rate: TAPS,
		maxBytes: MAX_BYTES,
		ready: { essenceOf, answer: (essence) => tooLate(sequencer, essence) },
		hold: () => sequencer.hold(),
		busy: (ahead) => new Refusal('Operator_Busy', 'unavailable', { ahead: String(ahead) }),
		answer: async (body) => take(sequencer)(body),
	});
}

/** POST /intents (for who asks within the process), GET /receipts/:orderId, GET /offers/:offerId/left. */
export function operatorRoutes({ sequencer }: { sequencer: SequencerDoor }): Hono {
	return new Hono()
		.post('/intents', async (c) => {
			return c.json(await take(sequencer)(await parseBody(v.unknown(), c)));
		})
		.get('/receipts/:orderId', async (c) => {
			const orderId = parseOrRefuse(bytes32Text, c.req.param('orderId'));
			const receipt = await sequencer.receipt(orderId);
			if (receipt === null) throw new Refusal('Operator_NoReceipt', 'notFound', { orderId });
			return c.json(receipt);
		})
		.get('/offers/:offerId/left', async (c) => {
			const offerId = parseOrRefuse(idText, c.req.param('offerId'));
			const left = await sequencer.left(offerId);
			if (left === null) throw new Refusal('Catalog_TermsMismatch', 'notFound', { offerId });
			return c.json(left);
		});
}
