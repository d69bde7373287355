import type { TabReads } from '@kaishi/protocol/tab';
import { Hono } from 'hono';
import { addressText, parseOrRefuse } from '../platform/http/parse.ts';

/** GET /api/accounts/:address/tabs: public, as the events are. */
export function tabRoutes({ reads }: { reads: TabReads }): Hono {
	const app = new Hono();
	app.get('/accounts/:address/tabs', async (c) => c.json(await reads.tabsOf(parseOrRefuse(addressText, c.req.param('address')))));
	return app;
}
