import { Refusal } from '@kaishi/protocol/platform/errors';
import { categories, type ListingFilter, type ShopReads } from '@kaishi/protocol/shop';
import { Hono } from 'hono';
import * as v from 'valibot';
import { addressText, idText, parseQuery, wholeNumber } from '../platform/http/parse.ts';

const flag = v.optional(
	v.pipe(
		v.picklist(['0', '1', 'true', 'false']),
		v.transform((text) => text === '1' || text === 'true'),
	),
);
const cursor = v.optional(v.pipe(v.string(), v.maxLength(400)));

const listingQuery = v.object({
	query: v.optional(v.pipe(v.string(), v.maxLength(200))),
	category: v.optional(v.picklist(categories)),
	shopId: v.optional(idText),
	kind: v.optional(v.picklist(['physical', 'digital'])),
	currency: v.optional(addressText),
	inStock: flag,
	sort: v.optional(v.picklist(['newest', 'popular', 'priceUp', 'priceDown'])),
	includeDelisted: flag,
	cursor,
	limit: v.optional(wholeNumber(1, 60)),
});

const shopsQuery = v.object({ sort: v.optional(v.picklist(['newest', 'popular'])), limit: v.optional(wholeNumber(1, 100)), of: v.optional(addressText) });

/** GET /api/shops, /api/shops/:slug, /api/listings, /api/listings/:id: all public, as the chain is. */
export function shopRoutes(reads: ShopReads): Hono {
	return new Hono()
		.get('/shops', async (c) => {
			const { of, ...filter } = parseQuery(shopsQuery, c);
			return c.json(of ? await reads.shopsOf(of) : await reads.shops(filter));
		})
		.get('/shops/:slug', async (c) => {
			const shop = await reads.shop(c.req.param('slug'));
			if (!shop) throw new Refusal('Shop_Unknown', 'notFound', { shop: c.req.param('slug').slice(0, 80) });
			return c.json(shop);
		})
		.get('/listings', async (c) => c.json(await reads.listings(parseQuery(listingQuery, c) as ListingFilter)))
		.get('/listings/:id', async (c) => {
			const listing = await reads.listing(c.req.param('id'));
			if (!listing) throw new Refusal('Catalog_UnknownListing', 'notFound', { listingId: c.req.param('id').slice(0, 80) });
			return c.json(listing);
		});
}
