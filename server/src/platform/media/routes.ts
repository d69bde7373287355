import type { Viewer } from '@kaishi/protocol/account';
import { Refusal } from '@kaishi/protocol/platform/errors';
import type { UploadedMedia } from '@kaishi/protocol/platform/media';
import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { MediaStore } from './media-store.ts';
import { MAX_PICTURE_BYTES } from './render-picture.ts';
import { sniffStored } from './sniff.ts';
import { createWorkQueue } from './work-queue.ts';

export interface MediaRouteOptions {
	store: MediaStore;
	/** Who is signed in; null for strangers, who may look but not upload. */
	viewer(context: Context): Promise<Viewer | null> | Viewer | null;
	/** Applied to uploads, before the body is read. */
	rateLimit: MiddlewareHandler;
}

/** `POST /api/media` and `GET /media/:cid`. Refusals are thrown for the app's error handler. */
export function mediaRoutes({ store, viewer, rateLimit }: MediaRouteOptions): Hono {
	const queued = createWorkQueue({ atOnce: 2, waiting: 24, code: 'Media_Busy' });
	const app = new Hono();

	app.post('/api/media', rateLimit, requireViewer(viewer), limitBody(), async (context) => {
		const bytes = new Uint8Array(await context.req.arrayBuffer());
		const body: UploadedMedia = { media: await queued(() => store.ingestPicture(bytes)) };
		return context.json(body, 201);
	});

	// Hono answers HEAD from the same handler, without the body.
	app.get('/media/:cid', async (context) => {
		const cid = context.req.param('cid');
		if (context.req.header('if-none-match')?.includes(`"${cid}"`) && (await store.has(cid))) return context.body(null, 304, immutable(cid));
		const bytes = await store.get(cid);
		const type = bytes && sniffStored(bytes);
		if (!bytes || !type) throw new Refusal('Media_NotFound', 'notFound', { cid });
		return context.body(new Uint8Array(bytes), 200, {
			...immutable(cid),
			'Content-Type': type,
			'Content-Length': String(bytes.length),
			'X-Content-Type-Options': 'nosniff',
			'Content-Security-Policy': "default-src 'none'; sandbox",
			'Cross-Origin-Resource-Policy': 'same-origin',
		});
	});
	return app;
}

const immutable = (cid: string) => ({ 'Cache-Control': 'public, max-age=31536000, immutable', ETag: `"${cid}"` });

function requireViewer(viewer: MediaRouteOptions['viewer']): MiddlewareHandler {
	return async (context, next) => {
		if (!(await viewer(context))) throw new Refusal('Session_Required', 'unauthenticated');
		await next();
	};
}

function limitBody(): MiddlewareHandler {
	return bodyLimit({
		maxSize: MAX_PICTURE_BYTES,
		onError: () => {
			throw new Refusal('Media_TooLarge', 'invalid', { limit: String(MAX_PICTURE_BYTES) });
		},
	});
}
