import { MAX_CART_LINES, orderStates, type PlacedOrders } from '@kaishi/protocol/order';
import { Refusal } from '@kaishi/protocol/platform/errors';
import { shopRoles } from '@kaishi/protocol/shop';
import { type Context, Hono } from 'hono';
import * as v from 'valibot';
import { addressText, bytes32Text, idText, parseOrRefuse, parseQuery, wholeNumber } from '../platform/http/parse.ts';
import { mayAct } from '../shop/public.ts';
import { listPlaced } from './query.ts';
import { type OrderRoutesContext, orderIdParam, requireViewer } from './routes-context.ts';
import { downloadRoutes } from './routes-download.ts';
import { noteRoutes } from './routes-notes.ts';
import { offerRoutes } from './routes-offers.ts';
import { pictureRoutes } from './routes-pictures.ts';

const orderQuery = v.object({
	role: v.picklist(['buyer', 'shop']),
	shopId: v.optional(idText),
	/** Comma-separated. */
	states: v.optional(
		v.pipe(
			v.string(),
			v.maxLength(200),
			v.transform((text) => text.split(',').filter(Boolean)),
			v.array(v.picklist(orderStates)),
		),
	),
	cursor: v.optional(v.pipe(v.string(), v.maxLength(400))),
	limit: v.optional(wholeNumber(1, 100)),
});

const placedQuery = v.object({
	ids: v.pipe(
		v.string(),
		v.maxLength(67 * MAX_CART_LINES),
		v.transform((text) => text.split(',')),
		v.array(bytes32Text),
		v.maxLength(MAX_CART_LINES),
	),
});

const ledgerQuery = v.object({ cursor: v.optional(v.pipe(v.string(), v.maxLength(400))) });

/** GET /api/orders, /api/orders/:id, money of accounts and shops, and what only parties may read or leave. */
export function orderRoutes(context: OrderRoutesContext): Hono {
	const { reads, viewerOf, db } = context;
	const app = new Hono();
	const requireShop = async (c: Context, role: number): Promise<string> => {
		const shopId = parseOrRefuse(idText, c.req.param('shopId') ?? c.req.query('shopId'));
		const viewer = await requireViewer(c, viewerOf);
		if (!(await mayAct(db, shopId, viewer, role))) throw new Refusal('Shop_Unauthorized', 'forbidden', { shopId, actor: viewer, role: String(role) });
		return shopId;
	};
	app.get('/orders', async (c) => {
		const { role, shopId: _, ...filter } = parseQuery(orderQuery, c);
		if (role === 'shop') return c.json(await reads.ordersOfShop(await requireShop(c, shopRoles.orders), filter));
		return c.json(await reads.ordersOfBuyer(await requireViewer(c, viewerOf), filter));
	});
	app.get('/orders/placed', async (c) => {
		c.header('Cache-Control', 'no-store');
		return c.json({ placed: await listPlaced(db, parseQuery(placedQuery, c).ids) } satisfies PlacedOrders);
	});
	app.get('/orders/:id', async (c) => {
		const id = orderIdParam(c);
		const viewer = await viewerOf(c.req.header('cookie') ?? null);
		const order = await reads.order(id, viewer?.address ?? null);
		if (!order) throw new Refusal('Order_Unknown', 'notFound', { orderId: id });
		c.header('Cache-Control', 'private, no-store');
		return c.json(order);
	});
	app.get('/shops/:shopId/figures', async (c) => c.json(await reads.shopFigures(await requireShop(c, shopRoles.orders))));
	app.get('/accounts/:address/balances', async (c) => c.json(await reads.balancesOf(parseOrRefuse(addressText, c.req.param('address')))));
	app.get('/accounts/:address/ledger', async (c) =>
		c.json(await reads.ledgerOf(parseOrRefuse(addressText, c.req.param('address')), parseQuery(ledgerQuery, c).cursor)),
	);
	app.get('/accounts/:address/disputes', async (c) => c.json(await reads.disputesOf(parseOrRefuse(addressText, c.req.param('address')))));
	app.route('/', noteRoutes(context));
	app.route('/', offerRoutes(context));
	app.route('/', pictureRoutes(context));
	app.route('/', downloadRoutes(context));
	return app;
}
