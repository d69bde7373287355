import type { ReviewReads } from '@kaishi/protocol/review';
import { Hono } from 'hono';
import * as v from 'valibot';
import { idText, parseOrRefuse, parseQuery } from '../platform/http/parse.ts';

const pageQuery = v.object({ cursor: v.optional(v.pipe(v.string(), v.maxLength(400))) });
const reviewsQuery = v.union([v.object({ ...pageQuery.entries, listing: idText }), v.object({ ...pageQuery.entries, shop: idText })]);

/** GET /api/reviews?listing= or ?shop=, and the same below listings and shops. */
export function reviewRoutes(reads: ReviewReads): Hono {
	return new Hono()
		.get('/reviews', async (c) => {
			const query = parseQuery(reviewsQuery, c);
			return c.json(await ('listing' in query ? reads.reviewsOfListing(query.listing, query.cursor) : reads.reviewsOfShop(query.shop, query.cursor)));
		})
		.get('/listings/:id/reviews', async (c) => c.json(await reads.reviewsOfListing(parseOrRefuse(idText, c.req.param('id')), parseQuery(pageQuery, c).cursor)))
		.get('/shops/:id/reviews', async (c) => c.json(await reads.reviewsOfShop(parseOrRefuse(idText, c.req.param('id')), parseQuery(pageQuery, c).cursor)));
}
