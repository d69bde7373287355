import { encodeSettle, MAX_OFFER_SECONDS, MAX_OFFERS, type SettlementOfferView } from '@kaishi/protocol/order';
import { Refusal } from '@kaishi/protocol/platform/errors';
import { shopRoles } from '@kaishi/protocol/shop';
import { Hono } from 'hono';
import * as v from 'valibot';
import type { Address, Hex } from 'viem';
import { parseBody } from '../platform/http/parse.ts';
import { simulate } from '../platform/relayer/simulate.ts';
import { accountsWithRole } from '../shop/public.ts';
import { toOrder } from './agreement.ts';
import { forgetOffers, liveOffers, storeOffer } from './private-store.ts';
import type { OrderRow } from './query.ts';
import { type OrderRoutesContext, requireSide } from './routes-context.ts';

const MAX_SIGNATURE_BYTES = 4096;

const offerBody = v.strictObject({
	buyerBps: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(10_000)),
	step: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0xffffffff)),
	validBefore: v.pipe(v.number(), v.integer(), v.minValue(0)),
	signature: v.custom<Hex>((x) => typeof x === 'string' && /^0x(?:[0-9a-fA-F]{2})+$/.test(x) && x.length <= 2 + 2 * MAX_SIGNATURE_BYTES, 'signature'),
});

/** What accepting may cost at most: a contract that signs must not burn more than that here. */
const ACCEPT_GAS = 1_500_000n;

/** POST and DELETE /api/orders/:id/offers: signed splits that the other side can accept on the chain. */
export function offerRoutes(context: OrderRoutesContext): Hono {
	const { db, chain, publish } = context;
	const app = new Hono();
	const tell = (orderId: Hex) => publish([{ topic: `order:${orderId}`, block: '', event: 'SettlementOffered' }]);

	app.post('/orders/:id/offers', async (c) => {
		const body = await parseBody(offerBody, c);
		const { order, side, viewer } = await requireSide(context, c);
		const now = chain.now();
		if (body.validBefore <= now || body.validBefore > now + MAX_OFFER_SECONDS + 60) throw new Refusal('Request_Invalid', 'invalid', { field: 'validBefore' });
		const live = await liveOffers(db, order.order_id, body.step, now);
		if (live.filter((one) => one.side === side && one.buyerBps !== body.buyerBps).length >= MAX_OFFERS)
			throw new Refusal('Order_TooManyOffers', 'tooMany', { orderId: order.order_id });
		const offer: SettlementOfferView = { ...body, by: viewer, side, at: now };
		await requireAcceptable(context, order, offer);
		await storeOffer(db, order.order_id, offer);
		tell(order.order_id);
		return c.json(offer, 201);
	});

	app.delete('/orders/:id/offers', async (c) => {
		const { order, side } = await requireSide(context, c);
		await forgetOffers(db, order.order_id, side);
		tell(order.order_id);
		return c.body(null, 204);
	});
	return app;
}

/** The other side could accept it now: asked of the contract itself, so that signer, signature, step and state are all as it wants them. */
async function requireAcceptable({ db, chain, orderBook }: OrderRoutesContext, row: OrderRow, offer: SettlementOfferView): Promise<void> {
	const accepting = offer.side === 'seller' ? (row.buyer as Address) : (await accountsWithRole(db, row.shop_id, shopRoles.orders))[0];
	if (accepting === undefined) throw new Refusal('Order_Unknown', 'notFound', { orderId: row.order_id });
	const failed = await simulate(chain, { from: accepting, to: orderBook, data: encodeSettle(toOrder(row), offer), gas: ACCEPT_GAS });
	if (failed) throw failed.refusal;
}
