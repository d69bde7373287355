import type { Viewer } from '@kaishi/protocol/account';
import { Refusal } from '@kaishi/protocol/platform/errors';
import type { UploadedMedia } from '@kaishi/protocol/platform/media';
import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { bodyLimit } from '../http/body-limit.ts';
import { createAllowance } from '../limits/rate-limit.ts';
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
	/** Of one account, what it sends or what is kept of it, whichever is more; flows in over the day. */
	bytesADay?: number;
}

/** More than a hundred photographs as phones take them. */
const BYTES_A_DAY = 512 * 1024 * 1024;
const DAY_SECONDS = 86_400;

type Signed = { Variables: { account: string } };

/** `POST /api/media` and `GET /media/:cid`. Refusals are thrown for the app's error handler. */
export function mediaRoutes({ store, viewer, rateLimit, bytesADay = BYTES_A_DAY }: MediaRouteOptions): Hono<Signed> {
	const queued = createWorkQueue({ atOnce: 2, waiting: 24, code: 'Media_Busy' });
	const quota = createAllowance({ burst: bytesADay, perSecond: bytesADay / DAY_SECONDS });
	const app = new Hono<Signed>();

	app.post('/api/media', rateLimit, requireViewer(viewer), limitBody(), async (context) => {
		const account = context.get('account');
		quota.require(account);
		const bytes = new Uint8Array(await context.req.arrayBuffer());
		// Before the work: what turns out to be no picture has cost as much.
		quota.spend(account, bytes.length);
		const media = await queued(() => store.ingestPicture(bytes));
		const kept = media.renditions.reduce((sum, rendition) => sum + rendition.bytes, 0);
		quota.spend(account, Math.max(0, kept - bytes.length));
		const body: UploadedMedia = { media };
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

function requireViewer(viewer: MediaRouteOptions['viewer']): MiddlewareHandler<Signed> {
	return async (context, next) => {
		const found = await viewer(context);
		if (!found) throw new Refusal('Session_Required', 'unauthenticated');
		context.set('account', found.address);
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
