import { Refusal } from '@kaishi/protocol/platform/errors';
import { Hono } from 'hono';
import * as v from 'valibot';
import type { Hex } from 'viem';
import { orderBody } from '../account/public.ts';
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

/** POST /intents, GET /receipts/:orderId, GET /offers/:offerId/left. */
export function operatorRoutes({ sequencer }: { sequencer: SequencerDoor }): Hono {
	return new Hono()
		.post('/intents', async (c) => {
			const { order, signature } = await parseBody(intentRequest, c);
			return c.json(await sequencer.submit(order, signature));
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
