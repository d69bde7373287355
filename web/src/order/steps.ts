import type { Relayed } from '@kaishi/protocol/account';
import {
	detailsHashOf,
	encodeRule,
	encodeSettleDue,
	type OrderAction,
	type OrderView,
	type OrderWire,
	orderFromWire,
	type PostDisputeReason,
	type PostTracking,
} from '@kaishi/protocol/order';
import type { Address } from 'viem';
import { api } from '#platform/api/client.ts';
import { randomHex } from '#platform/wallet/bytes.ts';
import type { Signer } from '#platform/wallet/signer.ts';

/** Steps of an order as its parties take them. Notes are left with the operator first; the chain then holds their hash. */

/** What the steps need of an order. */
type Stepping = Pick<OrderView, 'id' | 'order' | 'step'>;

export const take = (signer: Signer, { order, step }: Stepping, action: OrderAction, bps = 0): Promise<Relayed> =>
	signer.act(orderFromWire(order), { action, step, bps });

export async function ship(signer: Signer, { id, order, step }: Stepping, note: { carrier: string; number: string }): Promise<Relayed> {
	const salt = randomHex(32);
	await api.post(`/api/orders/${id}/tracking`, { note, salt } satisfies PostTracking);
	return signer.act(orderFromWire(order), { action: 'ship', step, data: detailsHashOf(note, salt) });
}

export async function dispute(signer: Signer, { id, order, step }: Stepping, reason: string): Promise<Relayed> {
	const salt = randomHex(32);
	await api.post(`/api/orders/${id}/dispute-reason`, { reason, salt } satisfies PostDisputeReason);
	return signer.act(orderFromWire(order), { action: 'dispute', step, data: detailsHashOf({ reason }, salt) });
}

/** @param buyerBps share of the total that goes back to the buyer, in basis points. */
export const rule = (signer: Signer, orderBook: Address, wire: OrderWire, buyerBps: number): Promise<Relayed> =>
	signer.call([{ to: orderBook, data: encodeRule(orderFromWire(wire), buyerBps) }]);

/** Carries out what a passed deadline says; anyone may. */
export const settleDue = (signer: Signer, orderBook: Address, wire: OrderWire): Promise<Relayed> =>
	signer.call([{ to: orderBook, data: encodeSettleDue(orderFromWire(wire)) }]);
