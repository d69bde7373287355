import { Refusal } from '@kaishi/protocol/platform/errors';
import type { UploadedMedia } from '@kaishi/protocol/platform/media';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { createAllowance } from '../../platform/limits/rate-limit.ts';
import { MAX_PICTURE_BYTES } from '../../platform/media/render-picture.ts';
import { sniffPicture } from '../../platform/media/sniff.ts';
import { createWorkQueue } from '../../platform/media/work-queue.ts';
import { requireAdmitted } from './access.ts';
import { addPicture, hasPicture } from './conversation-store.ts';
import { type MessageRoutesContext, requireViewer } from './routes-context.ts';

/** Of one account; flows in over the day. */
const BYTES_A_DAY = 128 * 1024 * 1024;
const DAY_SECONDS = 86_400;

/** POST and GET /conversations/:id/pictures: drawn anew as all pictures are, and shown to the two sides only. */
export function pictureRoutes({ db, privateStore, viewerOf }: Pick<MessageRoutesContext, 'db' | 'privateStore' | 'viewerOf'>): Hono {
	const queued = createWorkQueue({ atOnce: 1, waiting: 12, code: 'Media_Busy' });
	const quota = createAllowance({ burst: BYTES_A_DAY, perSecond: BYTES_A_DAY / DAY_SECONDS });
	const app = new Hono();
	const limitBody = bodyLimit({
		maxSize: MAX_PICTURE_BYTES,
		onError: () => {
			throw new Refusal('Media_TooLarge', 'invalid', { limit: String(MAX_PICTURE_BYTES) });
		},
	});

	app.post('/conversations/:id/pictures', async (c, next) => {
		// Before a byte of the body is read.
		const viewer = await requireViewer(c, viewerOf);
		const { conversation, closed } = await requireAdmitted(db, c.req.param('id'), viewer);
		if (closed) throw new Refusal('Social_ShopChangedHands', 'conflict', { shopId: conversation.shop_id });
		quota.require(viewer);
		await next();
	});
	app.post('/conversations/:id/pictures', limitBody, async (c) => {
		const viewer = await requireViewer(c, viewerOf);
		const bytes = new Uint8Array(await c.req.arrayBuffer());
		quota.spend(viewer, bytes.length);
		const media = await queued(() => privateStore.ingestPicture(bytes));
		await addPicture(db, c.req.param('id'), media.cid, viewer);
		const body: UploadedMedia = { media };
		return c.json(body, 201);
	});

	app.get('/conversations/:id/pictures/:cid/:rendition', async (c) => {
		const { cid, rendition } = c.req.param();
		const { conversation } = await requireAdmitted(db, c.req.param('id'), await requireViewer(c, viewerOf));
		const media = (await hasPicture(db, conversation.id, cid)) ? (await privateStore.mediaViews([cid])).get(cid) : undefined;
		const named = media?.renditions.some((one) => one.cid === rendition) ?? false;
		const bytes = named ? await privateStore.get(rendition) : null;
		const type = bytes && sniffPicture(bytes);
		if (!bytes || !type) throw new Refusal('Media_NotFound', 'notFound', { cid: rendition.slice(0, 80) });
		return c.body(new Uint8Array(bytes), 200, {
			// Who may no longer see it finds it nowhere.
			'Cache-Control': 'private, no-store',
			'Content-Type': type,
			'Content-Length': String(bytes.length),
			'X-Content-Type-Options': 'nosniff',
			'Content-Security-Policy': "default-src 'none'; sandbox",
			'Cross-Origin-Resource-Policy': 'same-origin',
		});
	});
	return app;
}
