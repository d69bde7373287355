import { Refusal } from '@kaishi/protocol/platform/errors';
import { type Context, Hono } from 'hono';
import type { Address } from 'viem';
import type { Queryable } from '../platform/db/database.ts';
import type { ViewerOf } from '../platform/http/viewer.ts';
import { createRateLimiter } from '../platform/limits/rate-limit.ts';
import { markBackSeen, stopWaiting, waitFor, waitsOf } from './waits.ts';

export interface WaitRoutesContext {
	db: Queryable;
	viewerOf: ViewerOf;
	/** Chain time, Unix seconds. */
	now(): number;
	/** Tells the account's other windows. */
	publish(account: string): void;
}

const CHANGES = { burst: 30, perSecond: 1 };
const OFFER = '/waits/:offer{[0-9]{1,78}}';

/** GET /waits, PUT and DELETE /waits/:offer, PUT /waits/seen: one's own; to be mounted at /api. */
export function waitRoutes({ db, viewerOf, now, publish }: WaitRoutesContext): Hono {
	const app = new Hono();
	const mayChange = createRateLimiter(CHANGES);
	const requireViewer = async (c: Context): Promise<Address> => {
		const viewer = await viewerOf(c.req.header('cookie') ?? null);
		if (!viewer) throw new Refusal('Session_Required', 'unauthenticated');
		return viewer.address;
	};
	app.get('/waits', async (c) => c.json(await waitsOf(db, await requireViewer(c))));
	app.put('/waits/seen', async (c) => {
		const account = await requireViewer(c);
		await markBackSeen(db, account);
		publish(account);
		return c.body(null, 204);
	});
	app.put(OFFER, async (c) => {
		const account = await requireViewer(c);
		mayChange(account);
		await waitFor(db, account, c.req.param('offer'), now());
		return c.body(null, 204);
	});
	app.delete(OFFER, async (c) => {
		const account = await requireViewer(c);
		mayChange(account);
		await stopWaiting(db, account, c.req.param('offer'));
		return c.body(null, 204);
	});
	return app;
}
