import type { Relayed } from '@kaishi/protocol/account';
import { encodeSettle, type Order, type PostOffer, type SettlementOfferView, settlementStatement } from '@kaishi/protocol/order';
import type { Actor } from './actor.ts';
import { orderIdAt, stepOf } from './trading.ts';

const OFFER_SECONDS = 24 * 3600;

/** A signed offer at the order's present step; `change` bends what is signed. */
export async function signOffer(actor: Actor, order: Order, buyerBps: number, change: { step?: number; validBefore?: number } = {}): Promise<PostOffer> {
	const { chainId, contracts } = await actor.client.market();
	const orderId = await orderIdAt(actor, order);
	const offer = { buyerBps, step: change.step ?? (await stepOf(actor, order)), validBefore: change.validBefore ?? (await actor.client.now()) + OFFER_SECONDS };
	return { ...offer, signature: await actor.sign(settlementStatement(chainId, contracts.orderBook, { orderId, ...offer })) };
}

/** Offers the other side a split. Signs in first. Throws `Refusal`. */
export async function offerSplit(actor: Actor, order: Order, buyerBps: number): Promise<SettlementOfferView> {
	await actor.signIn();
	return actor.client.post<SettlementOfferView>(`/api/orders/${await orderIdAt(actor, order)}/offers`, await signOffer(actor, order, buyerBps));
}

/** Accepts the other side's offer on the chain. Throws `Refusal`. */
export async function acceptOffer(actor: Actor, order: Order, offer: SettlementOfferView): Promise<Relayed> {
	return actor.execute([{ to: (await actor.client.market()).contracts.orderBook, data: encodeSettle(order, offer) }]);
}
