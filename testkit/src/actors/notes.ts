import type { Relayed } from '@kaishi/protocol/account';
import { type DeliveryDetails, detailsHashOf, type Order, orderIdOf, type TrackingNote } from '@kaishi/protocol/order';
import type { Hex } from 'viem';
import type { Actor } from './actor.ts';
import { randomSalt } from './software-authenticator.ts';
import { buy, dispute, ship, type Wanted } from './trading.ts';

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
	const { chainId, contracts } = await seller.client.market();
	await seller.client.post(`/api/orders/${orderIdOf(order, chainId, contracts.orderBook)}/tracking`, { note, salt });
	return ship(seller, order, detailsHashOf(note, salt));
}

/** Disputes with a reason that only the parties and the arbitrator read. Signs in first. */
export async function disputeWithReason(buyer: Actor, order: Order, reason: string): Promise<Relayed> {
	const salt = randomSalt();
	await buyer.signIn();
	const { chainId, contracts } = await buyer.client.market();
	await buyer.client.post(`/api/orders/${orderIdOf(order, chainId, contracts.orderBook)}/dispute-reason`, { reason, salt });
	return dispute(buyer, order, detailsHashOf({ reason }, salt));
}
