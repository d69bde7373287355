import { Refusal } from '@kaishi/protocol/platform/errors';
import type { UploadedMedia } from '@kaishi/protocol/platform/media';
import { Hono } from 'hono';
import { createPrivatePictures } from '../../platform/media/private-pictures.ts';
import { requireAdmitted } from './access.ts';
import { addPicture, hasPicture } from './conversation-store.ts';
import { type MessageRoutesContext, requireViewer } from './routes-context.ts';

/** POST and GET /conversations/:id/pictures: drawn anew as all pictures are, and shown to the two sides only. */
export function pictureRoutes({ db, privateStore, viewerOf }: Pick<MessageRoutesContext, 'db' | 'privateStore' | 'viewerOf'>): Hono {
	const pictures = createPrivatePictures(privateStore);
	const app = new Hono();

	app.post('/conversations/:id/pictures', async (c, next) => {
		// Before a byte of the body is read.
		const viewer = await requireViewer(c, viewerOf);
		const { conversation, closed } = await requireAdmitted(db, c.req.param('id'), viewer);
		if (closed) throw new Refusal('Social_ShopChangedHands', 'conflict', { shopId: conversation.shop_id });
		pictures.requireRoom(viewer);
		await next();
	});
	app.post('/conversations/:id/pictures', pictures.limitBody, async (c) => {
		const viewer = await requireViewer(c, viewerOf);
		const media = await pictures.take(c, viewer);
		await addPicture(db, c.req.param('id'), media.cid, viewer);
		const body: UploadedMedia = { media };
		return c.json(body, 201);
	});

	app.get('/conversations/:id/pictures/:cid/:rendition', async (c) => {
		const { cid, rendition } = c.req.param();
		const { conversation } = await requireAdmitted(db, c.req.param('id'), await requireViewer(c, viewerOf));
		if (!(await hasPicture(db, conversation.id, cid))) throw new Refusal('Media_NotFound', 'notFound', { cid: cid.slice(0, 80) });
		return pictures.serve(c, cid, rendition);
	});
	return app;
}
