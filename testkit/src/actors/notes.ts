import type { Relayed } from '@kaishi/protocol/account';
import { type DeliveryDetails, detailsHashOf, type Order, type OrderAction, type ReasonNote, type TrackingNote } from '@kaishi/protocol/order';
import type { Hex } from 'viem';
import type { Actor } from './actor.ts';
import { randomSalt } from './software-authenticator.ts';
import { buy, orderIdAt, ship, takeStep, type Wanted } from './trading.ts';

export const ordinaryDelivery: DeliveryDetails = {
	name: 'Lin Yue',
	phone: '+86 138 0000 0000',
	country: 'CN',
	region: '浙江',
	city: '杭州',
	street: '文三路 1 号',
	postcode: '310000',
	note: '',
};

/** Buys with a delivery address: the chain holds its salted hash, the server the words. Signs in first. */
export async function buyWithDelivery(
	buyer: Actor,
	offer: Wanted,
	details: DeliveryDetails = ordinaryDelivery,
): Promise<{ order: Order; orderId: Hex; relayed: Relayed }> {
	const salt = randomSalt();
	const bought = await buy(buyer, offer, { detailsHash: detailsHashOf(details, salt) });
	await buyer.signIn();
	await buyer.client.post(`/api/orders/${bought.orderId}/delivery`, { details, salt });
	return bought;
}

/** Ships with a tracking note for the buyer's eyes. Signs in first. */
export async function shipWithTracking(seller: Actor, order: Order, note: TrackingNote = { carrier: 'SF Express', number: 'SF1234567890' }): Promise<Relayed> {
	const salt = randomSalt();
	await seller.signIn();
	await seller.client.post(`/api/orders/${await orderIdAt(seller, order)}/tracking`, { note, salt });
	return ship(seller, order, detailsHashOf(note, salt));
}

/** Takes a step with a reason that only the parties and the arbitrator read. Signs in first. */
export async function takeStepWithReason(actor: Actor, action: OrderAction, order: Order, note: ReasonNote, bps = 0): Promise<Relayed> {
	const salt = randomSalt();
	await actor.signIn();
	await actor.client.post(`/api/orders/${await orderIdAt(actor, order)}/reason`, { note, salt });
	return takeStep(actor, action, order, detailsHashOf(note, salt), bps);
}

export const disputeWithReason = (buyer: Actor, order: Order, reason: string) => takeStepWithReason(buyer, 'dispute', order, { reason });

/** Says which parcel brings the goods back. Signs in first. */
export async function sendBackWithTracking(
	buyer: Actor,
	order: Order,
	note: TrackingNote = { carrier: 'SF Express', number: 'SF0987654321' },
): Promise<Relayed> {
	const salt = randomSalt();
	await buyer.signIn();
	await buyer.client.post(`/api/orders/${await orderIdAt(buyer, order)}/return-parcel`, { note, salt });
	return takeStep(buyer, 'sendBack', order, detailsHashOf(note, salt));
}
