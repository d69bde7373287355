import type { Relayed } from '@kaishi/protocol/account';
import { orderBookAbi } from '@kaishi/protocol/generated/order-book';
import { detailsHashOf, type OrderAction, type OrderWire, orderFromWire, type PostDisputeReason, type PostTracking } from '@kaishi/protocol/order';
import { type Address, encodeFunctionData, type Hex } from 'viem';
import { api } from '#platform/api/client.ts';
import { randomHex } from '#platform/wallet/bytes.ts';
import type { Signer } from '#platform/wallet/signer.ts';

/** Steps of an order as its parties take them. Notes are left with the operator first; the chain then holds their hash. */

export const take = (signer: Signer, wire: OrderWire, action: Extract<OrderAction, 'confirm' | 'cancel' | 'refund'>): Promise<Relayed> =>
	signer.act(orderFromWire(wire), action);

export async function ship(signer: Signer, orderId: Hex, wire: OrderWire, note: { carrier: string; number: string }): Promise<Relayed> {
	const salt = randomHex(32);
	await api.post(`/api/orders/${orderId}/tracking`, { note, salt } satisfies PostTracking);
	return signer.act(orderFromWire(wire), 'ship', detailsHashOf(note, salt));
}

export async function dispute(signer: Signer, orderId: Hex, wire: OrderWire, reason: string): Promise<Relayed> {
	const salt = randomHex(32);
	await api.post(`/api/orders/${orderId}/dispute-reason`, { reason, salt } satisfies PostDisputeReason);
	return signer.act(orderFromWire(wire), 'dispute', detailsHashOf({ reason }, salt));
}

/** @param buyerBps share of the total that goes back to the buyer, in basis points. */
export const rule = (signer: Signer, orderBook: Address, wire: OrderWire, buyerBps: number): Promise<Relayed> =>
	signer.call([{ to: orderBook, data: encodeFunctionData({ abi: orderBookAbi, functionName: 'rule', args: [orderFromWire(wire), buyerBps] }) }]);

/** Carries out what a passed deadline says; anyone may. */
export const settleDue = (signer: Signer, orderBook: Address, wire: OrderWire): Promise<Relayed> =>
	signer.call([{ to: orderBook, data: encodeFunctionData({ abi: orderBookAbi, functionName: 'settleDue', args: [orderFromWire(wire)] }) }]);
