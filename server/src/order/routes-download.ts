import { Refusal } from '@kaishi/protocol/platform/errors';
import { shopOfListing, shopRoles } from '@kaishi/protocol/shop';
import { Hono } from 'hono';
import * as v from 'valibot';
import { idText, parseOrRefuse, parseQuery } from '../platform/http/parse.ts';
import { hasListing, mayAct } from '../shop/public.ts';
import { mayDownload, roleOf } from './access.ts';
import { findDownload, storeDownload } from './private-store.ts';
import { findOrder } from './query.ts';
import { type OrderRoutesContext, orderIdParam, requireViewer } from './routes-context.ts';
import { sendDownload } from './send-download.ts';

const uploadQuery = v.object({ name: v.optional(v.pipe(v.string(), v.maxLength(255)), 'download') });

/** PUT and GET /api/listings/:id/download for the shop, GET /api/orders/:id/download for buyers: digital goods. */
export function downloadRoutes({ db, files, viewerOf }: OrderRoutesContext): Hono {
	const app = new Hono();

	app.put('/listings/:id/download', async (c) => {
		const listingId = parseOrRefuse(idText, c.req.param('id'));
		const { name } = parseQuery(uploadQuery, c);
		const viewer = await requireViewer(c, viewerOf);
		const shopId = shopOfListing(BigInt(listingId)).toString();
		if (!(await mayAct(db, shopId, viewer, shopRoles.catalogue))) throw new Refusal('Catalog_Unauthorized', 'forbidden', { shopId, actor: viewer });
		// A shop has four billion numbers for listings; a file belongs to one that was published.
		if (!(await hasListing(db, listingId))) throw new Refusal('Catalog_UnknownListing', 'notFound', { listingId });
		const download = await files.write(c.req.raw.body, name);
		const replaced = await storeDownload(db, listingId, download);
		if (replaced) await files.remove(replaced);
		return c.json({ name: download.name, bytes: download.bytes, sha256: download.sha256 }, 201);
	});

	app.get('/listings/:id/download', async (c) => {
		const listingId = parseOrRefuse(idText, c.req.param('id'));
		const viewer = await requireViewer(c, viewerOf);
		const shopId = shopOfListing(BigInt(listingId)).toString();
		if (!(await mayAct(db, shopId, viewer, shopRoles.catalogue))) throw new Refusal('Catalog_Unauthorized', 'forbidden', { shopId, actor: viewer });
		const download = await findDownload(db, listingId);
		return c.json(download && { name: download.name, bytes: download.bytes, sha256: download.sha256 });
	});

	app.get('/orders/:id/download', async (c) => {
		const orderId = orderIdParam(c);
		const viewer = await requireViewer(c, viewerOf);
		const order = await findOrder(db, orderId);
		if (!order) throw new Refusal('Order_Unknown', 'notFound', { orderId });
		if (!mayDownload(await roleOf(db, order, viewer), order)) throw new Refusal('Order_NoDownload', 'forbidden', { orderId });
		return sendDownload(db, files, order.listing_id, orderId);
	});
	return app;
}
