import { deliveryDetails, detailsHashOf, disputeReason, trackingNote } from '@kaishi/protocol/order';
import { Refusal } from '@kaishi/protocol/platform/errors';
import { type Context, Hono } from 'hono';
import * as v from 'valibot';
import type { Hex } from 'viem';
import { isStorable } from '../platform/db/storable.ts';
import { bytes32Text, parseBody } from '../platform/http/parse.ts';
import { roleOf } from './access.ts';
import { countNotes, type NoteKind, storeNote } from './private-store.ts';
import { findOrder, type OrderRow } from './query.ts';
import { type OrderRoutesContext, orderIdParam, requireViewer } from './routes-context.ts';

const deliveryBody = v.strictObject({ details: deliveryDetails, salt: bytes32Text });
const trackingBody = v.strictObject({ note: trackingNote, salt: bytes32Text });
const reasonBody = v.strictObject({ reason: disputeReason.entries.reason, salt: bytes32Text });

/** Before an order is placed anybody can leave notes under its id; a handful is enough for a buyer who changes the address. */
const MAX_NOTES = 8;

/** POST /api/orders/:id/{delivery,tracking,dispute-reason}: kept off the chain, which holds their hashes. */
export function noteRoutes(context: OrderRoutesContext): Hono {
	const { db, viewerOf } = context;
	const app = new Hono();

	const keep = async (c: Context, kind: NoteKind, body: Parameters<typeof detailsHashOf>[0], salt: Hex, order: OrderRow | null) => {
		const orderId = orderIdParam(c);
		const hash = detailsHashOf(body, salt);
		const agreed = order && { delivery: order.details_hash, tracking: order.tracking_hash, reason: order.reason_hash }[kind];
		if (agreed && agreed !== hash) throw new Refusal('Order_NoteMismatch', 'conflict', { orderId });
		if (!isStorable(body)) throw new Refusal('Request_Invalid', 'invalid', { field: kind });
		if (!agreed && (await countNotes(db, orderId, kind)) >= MAX_NOTES) throw new Refusal('Order_TooManyNotes', 'tooMany', { orderId });
		await storeNote(db, { orderId, kind, hash, salt, body });
		return c.json({ hash }, 201);
	};

	// Before placing nobody is a party yet: the hash in the signed order decides later whether these details count.
	app.post('/orders/:id/delivery', async (c) => {
		const { details, salt } = await parseBody(deliveryBody, c);
		return keep(c, 'delivery', details, salt, await findOrder(db, orderIdParam(c)));
	});
	app.post('/orders/:id/tracking', async (c) => {
		const { note, salt } = await parseBody(trackingBody, c);
		return keep(c, 'tracking', note, salt, await requireParty(c, 'seller'));
	});
	app.post('/orders/:id/dispute-reason', async (c) => {
		const { reason, salt } = await parseBody(reasonBody, c);
		return keep(c, 'reason', { reason }, salt, await requireParty(c, 'buyer'));
	});

	const requireParty = async (c: Context, wanted: 'buyer' | 'seller'): Promise<OrderRow> => {
		const viewer = await requireViewer(c, viewerOf);
		const order = await findOrder(db, orderIdParam(c));
		if (!order) throw new Refusal('Order_Unknown', 'notFound', { orderId: orderIdParam(c) });
		if ((await roleOf(db, order, viewer)) === wanted) return order;
		throw new Refusal(wanted === 'buyer' ? 'OrderBook_NotBuyer' : 'OrderBook_NotSeller', 'forbidden', { orderId: order.order_id, caller: viewer });
	};
	return app;
}
