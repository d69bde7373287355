import { Refusal } from '@kaishi/protocol/platform/errors';
import type { SocialReads } from '@kaishi/protocol/social';
import { Hono } from 'hono';
import type { Queryable } from '../../platform/db/database.ts';
import type { ViewerOf } from '../../platform/http/viewer.ts';
import { createRateLimiter } from '../../platform/limits/rate-limit.ts';
import { tenureOf } from '../../shop/public.ts';
import { requireViewer } from '../messages/routes-context.ts';
import { follow, unfollow } from './follows.ts';

export interface FollowRoutesContext {
	db: Queryable;
	reads: Pick<SocialReads, 'follows'>;
	viewerOf: ViewerOf;
	/** Chain time, Unix seconds. */
	now(): number;
}

const CHANGES = { burst: 30, perSecond: 1 };
const SHOP = '/follows/:shop{[0-9]{1,30}}';

/** GET /follows, PUT and DELETE /follows/:shop: one's own; to be mounted at /api. */
export function followRoutes({ db, reads, viewerOf, now }: FollowRoutesContext): Hono {
	const app = new Hono();
	const mayChange = createRateLimiter(CHANGES);
	app.get('/follows', async (c) => c.json(await reads.follows(await requireViewer(c, viewerOf))));
	app.put(SHOP, async (c) => {
		const [account, shop] = [await requireViewer(c, viewerOf), c.req.param('shop')];
		mayChange(account);
		if ((await tenureOf(db, shop)) === null) throw new Refusal('Shop_Unknown', 'notFound', { shop });
		await follow(db, account, shop, now());
		return c.body(null, 204);
	});
	app.delete(SHOP, async (c) => {
		const account = await requireViewer(c, viewerOf);
		mayChange(account);
		await unfollow(db, account, c.req.param('shop'));
		return c.body(null, 204);
	});
	return app;
}
