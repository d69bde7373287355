import { Refusal } from '@kaishi/protocol/platform/errors';
import type { UploadedMedia } from '@kaishi/protocol/platform/media';
import { Hono } from 'hono';
import { createPrivatePictures } from '../platform/media/private-pictures.ts';
import { maySeeNotes, roleOf } from './access.ts';
import { hasPicture, storePicture } from './private-store.ts';
import { findOrder } from './query.ts';
import { type OrderRoutesContext, orderIdParam, requireSide, requireViewer } from './routes-context.ts';

/** POST and GET /api/orders/:id/pictures: what is wrong with the goods, for the two sides and the arbitrator. */
export function pictureRoutes(context: OrderRoutesContext): Hono {
	const { db, viewerOf, privateStore } = context;
	const pictures = createPrivatePictures(privateStore);
	const app = new Hono();

	app.post('/orders/:id/pictures', async (c, next) => {
		// Before a byte of the body is read.
		const { viewer } = await requireSide(context, c);
		pictures.requireRoom(viewer);
		await next();
	});
	app.post('/orders/:id/pictures', pictures.limitBody, async (c) => {
		const { order, viewer } = await requireSide(context, c);
		const media = await pictures.take(c, viewer);
		await storePicture(db, order.order_id, media.cid, viewer);
		const body: UploadedMedia = { media };
		return c.json(body, 201);
	});

	app.get('/orders/:id/pictures/:cid/:rendition', async (c) => {
		const { cid, rendition } = c.req.param();
		const viewer = await requireViewer(c, viewerOf);
		const order = await findOrder(db, orderIdParam(c));
		const admitted = order !== null && maySeeNotes(await roleOf(db, order, viewer));
		if (!admitted || !(await hasPicture(db, order.order_id, cid))) throw new Refusal('Media_NotFound', 'notFound', { cid: cid.slice(0, 80) });
		return pictures.serve(c, cid, rendition);
	});
	return app;
}
