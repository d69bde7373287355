import { deliveryDetails, detailsHashOf, reasonNote, trackingNote } from '@kaishi/protocol/order';
import { Refusal } from '@kaishi/protocol/platform/errors';
import { type Context, Hono } from 'hono';
import * as v from 'valibot';
import type { Hex } from 'viem';
import { isStorable } from '../platform/db/storable.ts';
import { bytes32Text, parseBody } from '../platform/http/parse.ts';
import { countLooseNotes, hasPicture, type NoteKind, storeNote } from './private-store.ts';
import { findOrder, type OrderRow } from './query.ts';
import { type OrderRoutesContext, orderIdParam, requireSide } from './routes-context.ts';

const deliveryBody = v.strictObject({ details: deliveryDetails, salt: bytes32Text });
const trackingBody = v.strictObject({ note: trackingNote, salt: bytes32Text });
const reasonBody = v.strictObject({ note: reasonNote, salt: bytes32Text });

/** Before an order is placed anybody can leave notes under its id; a handful is enough for who changes a mind. */
const MAX_NOTES = 8;

/** POST /api/orders/:id/{delivery,tracking,return-parcel,reason}: kept off the chain, which holds their hashes. */
export function noteRoutes(context: OrderRoutesContext): Hono {
	const { db } = context;
	const app = new Hono();

	const keep = async (c: Context, kind: NoteKind, body: Parameters<typeof detailsHashOf>[0], salt: Hex, order: OrderRow | null) => {
		const orderId = orderIdParam(c);
		const hash = detailsHashOf(body, salt);
		// A parcel and a reason may come again with a later step; an address is agreed once.
		const agreed = kind === 'delivery' ? (order?.details_hash ?? null) : null;
		if (agreed && agreed !== hash) throw new Refusal('Order_NoteMismatch', 'conflict', { orderId });
		if (!isStorable(body)) throw new Refusal('Request_Invalid', 'invalid', { field: kind });
		if (!agreed && (await countLooseNotes(db, orderId, kind)) >= MAX_NOTES) throw new Refusal('Order_TooManyNotes', 'tooMany', { orderId });
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
		return keep(c, 'tracking', note, salt, (await requireSide(context, c, 'seller')).order);
	});
	app.post('/orders/:id/return-parcel', async (c) => {
		const { note, salt } = await parseBody(trackingBody, c);
		return keep(c, 'return', note, salt, (await requireSide(context, c, 'buyer')).order);
	});
	app.post('/orders/:id/reason', async (c) => {
		const { note, salt } = await parseBody(reasonBody, c);
		const { order } = await requireSide(context, c);
		for (const cid of note.pictures ?? []) if (!(await hasPicture(db, order.order_id, cid))) throw new Refusal('Media_NotFound', 'notFound', { cid });
		return keep(c, 'reason', note, salt, order);
	});
	return app;
}
