import type { DiscoveryReads } from '@kaishi/protocol/discovery';
import { Refusal } from '@kaishi/protocol/platform/errors';
import { Hono } from 'hono';
import * as v from 'valibot';
import { bytes32Text, parseOrRefuse, parseQuery } from '../platform/http/parse.ts';

const pageQuery = v.object({ cursor: v.optional(v.pipe(v.string(), v.maxLength(400))) });

/** GET /api/market, /api/totals, /api/trades, /api/orders/:id/proof: what anybody may know. */
export function discoveryRoutes(reads: DiscoveryReads): Hono {
	return new Hono()
		.get('/market', async (c) => c.json(await reads.market()))
		.get('/totals', async (c) => c.json(await reads.totals()))
		.get('/trades', async (c) => c.json(await reads.trades(parseQuery(pageQuery, c).cursor)))
		.get('/orders/:id/proof', async (c) => {
			const orderId = parseOrRefuse(bytes32Text, c.req.param('id'));
			const proof = await reads.orderProof(orderId);
			if (!proof) throw new Refusal('Order_Unknown', 'notFound', { orderId });
			return c.json(proof);
		});
}
