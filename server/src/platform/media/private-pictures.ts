import { Refusal } from '@kaishi/protocol/platform/errors';
import type { MediaView } from '@kaishi/protocol/platform/media';
import type { Context, MiddlewareHandler } from 'hono';
import { bodyLimit } from '../http/body-limit.ts';
import { createAllowance } from '../limits/rate-limit.ts';
import type { MediaStore } from './media-store.ts';
import { MAX_PICTURE_BYTES } from './render-picture.ts';
import { sniffPicture } from './sniff.ts';
import { createWorkQueue } from './work-queue.ts';

/** Of one account; flows in over the day. */
const BYTES_A_DAY = 128 * 1024 * 1024;
const DAY_SECONDS = 86_400;

/** Takes and serves pictures that not everybody may see; who may is the caller's to decide, before either. */
export interface PrivatePictures {
	/** Refuses bodies that no picture needs, before they are read. */
	limitBody: MiddlewareHandler;
	/** Refuses with `Media_*` who has sent too much today; call before a byte of the body is read. */
	requireRoom(account: string): void;
	/** Draws the body anew, as all pictures are. */
	take(c: Context, account: string): Promise<MediaView>;
	/** One rendition of a picture, for nobody to keep. */
	serve(c: Context, cid: string, rendition: string): Promise<Response>;
}

export function createPrivatePictures(store: MediaStore): PrivatePictures {
	const queued = createWorkQueue({ atOnce: 1, waiting: 12, code: 'Media_Busy' });
	const quota = createAllowance({ burst: BYTES_A_DAY, perSecond: BYTES_A_DAY / DAY_SECONDS });
	return {
		limitBody: bodyLimit({
			maxSize: MAX_PICTURE_BYTES,
			onError: () => {
				throw new Refusal('Media_TooLarge', 'invalid', { limit: String(MAX_PICTURE_BYTES) });
			},
		}),
		requireRoom: (account) => quota.require(account),
		async take(c, account) {
			const bytes = new Uint8Array(await c.req.arrayBuffer());
			quota.spend(account, bytes.length);
			return queued(() => store.ingestPicture(bytes));
		},
		async serve(c, cid, rendition) {
			const media = (await store.mediaViews([cid])).get(cid);
			const named = media?.renditions.some((one) => one.cid === rendition) ?? false;
			const bytes = named ? await store.get(rendition) : null;
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
		},
	};
}
