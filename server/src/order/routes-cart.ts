import { type CheckoutReads, cartLine, cartLines, MAX_CART_LINES, quoteRequest } from '@kaishi/protocol/order';
import { Refusal } from '@kaishi/protocol/platform/errors';
import { type Context, Hono } from 'hono';
import * as v from 'valibot';
import type { Database } from '../platform/db/database.ts';
import { idText, parseBody, parseOrRefuse } from '../platform/http/parse.ts';
import type { ViewerOf } from '../platform/http/viewer.ts';
import { createRateLimiter } from '../platform/limits/rate-limit.ts';
import { cartOf, dropLines, mergeIntoCart, putLine } from './cart.ts';
import { requireViewer } from './routes-context.ts';

export interface CartRoutesContext {
	db: Database;
	checkout: CheckoutReads;
	viewerOf: ViewerOf;
	/** Who asks, for limits. */
	clientOf(c: Context): string;
}

const QUOTES = { burst: 60, perSecond: 1 };
const CHANGES = { burst: 120, perSecond: 2 };
const dropRequest = v.strictObject({ offerIds: v.pipe(v.array(idText), v.minLength(1), v.maxLength(MAX_CART_LINES)) });

/** /cart and /quotes. A visitor's cart is the browser's alone; a quote is anybody's. */
export function cartRoutes({ db, checkout, viewerOf, clientOf }: CartRoutesContext): Hono {
	const takeQuote = createRateLimiter(QUOTES);
	const takeChange = createRateLimiter(CHANGES);
	const owner = async (c: Context) => {
		const account = await requireViewer(c, viewerOf);
		c.header('Cache-Control', 'private, no-store');
		return account;
	};
	const changing = async (c: Context) => {
		const account = await owner(c);
		takeChange(account);
		return account;
	};
	return new Hono()
		.get('/cart', async (c) => c.json({ lines: await checkout.cart(await owner(c)) }))
		.post('/cart', async (c) => {
			const account = await changing(c);
			const { lines } = await parseBody(v.strictObject({ lines: cartLines }), c);
			return c.json({ lines: await mergeIntoCart(db, account, lines) });
		})
		.put('/cart/:offerId', async (c) => {
			const account = await changing(c);
			const line = await parseBody(cartLine, c);
			if (line.offerId !== parseOrRefuse(idText, c.req.param('offerId'))) throw new Refusal('Request_Invalid', 'invalid', { field: 'offerId' });
			const others = (await cartOf(db, account)).filter(({ offerId }) => offerId !== line.offerId);
			if (others.length >= MAX_CART_LINES) throw new Refusal('Cart_Full', 'conflict', { most: String(MAX_CART_LINES) });
			await putLine(db, account, line);
			return c.json({ lines: await cartOf(db, account) });
		})
		.post('/cart/drop', async (c) => {
			const account = await changing(c);
			await dropLines(db, account, (await parseBody(dropRequest, c)).offerIds);
			return c.json({ lines: await cartOf(db, account) });
		})
		.post('/quotes', async (c) => {
			const client = clientOf(c);
			if (client !== 'local') takeQuote(client);
			const { lines } = await parseBody(quoteRequest, c);
			c.header('Cache-Control', 'private, no-store');
			return c.json(await checkout.quote(lines));
		});
}
