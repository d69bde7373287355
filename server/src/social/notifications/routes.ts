import { pushSubscriptionBody } from '@kaishi/protocol/live';
import { Refusal } from '@kaishi/protocol/platform/errors';
import type { SocialReads } from '@kaishi/protocol/social';
import { Hono } from 'hono';
import * as v from 'valibot';
import type { Queryable } from '../../platform/db/database.ts';
import { parseBody, parseQuery } from '../../platform/http/parse.ts';
import type { ViewerOf } from '../../platform/http/viewer.ts';
import { isPushService } from '../../platform/push/push-sender.ts';
import { requireViewer } from '../messages/routes-context.ts';
import { forgetSubscription, keepSubscription } from './push-store.ts';
import { markNotificationsRead } from './query.ts';

export interface NotificationRoutesContext {
	db: Queryable;
	reads: SocialReads;
	viewerOf: ViewerOf;
	/** What browsers subscribe with. */
	pushKey: string;
	/** Tells the account's other windows. */
	publish(account: string): void;
}

const listQuery = v.object({ cursor: v.optional(v.pipe(v.string(), v.maxLength(400))) });
const endpointBody = v.strictObject({ endpoint: v.pipe(v.string(), v.maxLength(1000)) });
const readBody = v.strictObject({ id: v.pipe(v.string(), v.regex(/^\d{1,15}-\d{1,9}$/)) });

/** GET /unread, GET /live/push-key, PUT and DELETE /push-subscriptions, GET /notifications, PUT /notifications/read: one's own; to be mounted at /api. */
export function notificationRoutes({ db, reads, viewerOf, pushKey, publish }: NotificationRoutesContext): Hono {
	const app = new Hono();
	app.get('/unread', async (c) => c.json(await reads.unread(await requireViewer(c, viewerOf))));
	app.get('/notifications', async (c) => c.json(await reads.notifications(await requireViewer(c, viewerOf), parseQuery(listQuery, c).cursor)));
	app.put('/notifications/read', async (c) => {
		const { id } = await parseBody(readBody, c);
		const viewer = await requireViewer(c, viewerOf);
		const [block = '0', log = '0'] = id.split('-');
		await markNotificationsRead(db, viewer, { block, log: Number(log) });
		publish(viewer);
		return c.body(null, 204);
	});
	app.get('/live/push-key', (c) => c.json({ publicKey: pushKey }));
	app.put('/push-subscriptions', async (c) => {
		const viewer = await requireViewer(c, viewerOf);
		const subscription = await parseBody(pushSubscriptionBody, c);
		if (!isPushService(subscription.endpoint)) throw new Refusal('Request_Invalid', 'invalid', { field: 'endpoint' });
		await keepSubscription(db, viewer, subscription);
		return c.body(null, 204);
	});
	app.delete('/push-subscriptions', async (c) => {
		const viewer = await requireViewer(c, viewerOf);
		await forgetSubscription(db, (await parseBody(endpointBody, c)).endpoint, viewer);
		return c.body(null, 204);
	});
	return app;
}
