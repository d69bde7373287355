import type { Relayed } from '@kaishi/protocol/account';
import type { MarketInfo } from '@kaishi/protocol/discovery';
import {
	detailsHashOf,
	encodeRule,
	encodeSettle,
	encodeSettleDue,
	type OrderAction,
	type OrderView,
	type OrderWire,
	orderFromWire,
	type PostOffer,
	type PostReason,
	type PostReturnParcel,
	type PostTracking,
	type ReasonNote,
	type SettlementOfferView,
	settlementStatement,
	type TrackingNote,
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

export async function ship(signer: Signer, { id, order, step }: Stepping, note: TrackingNote): Promise<Relayed> {
	const salt = randomHex(32);
	await api.post(`/api/orders/${id}/tracking`, { note, salt } satisfies PostTracking);
	return signer.act(orderFromWire(order), { action: 'ship', step, data: detailsHashOf(note, salt) });
}

export async function sendBack(signer: Signer, { id, order, step }: Stepping, note: TrackingNote): Promise<Relayed> {
	const salt = randomHex(32);
	await api.post(`/api/orders/${id}/return-parcel`, { note, salt } satisfies PostReturnParcel);
	return signer.act(orderFromWire(order), { action: 'sendBack', step, data: detailsHashOf(note, salt) });
}

/** A step that comes with a reason for the other side (and whoever decides) to read. */
export async function takeWithReason(signer: Signer, { id, order, step }: Stepping, action: OrderAction, note: ReasonNote, bps = 0): Promise<Relayed> {
	const salt = randomHex(32);
	await api.post(`/api/orders/${id}/reason`, { note, salt } satisfies PostReason);
	return signer.act(orderFromWire(order), { action, step, bps, data: detailsHashOf(note, salt) });
}

/** Signs an offer to end the order by a split, good until `validBefore` at the order's present step, and leaves it for the other side. */
export async function offerSplit(
	signer: Signer,
	market: Pick<MarketInfo, 'chainId' | 'contracts'>,
	{ id, step }: Stepping,
	offer: { buyerBps: number; validBefore: number },
): Promise<SettlementOfferView> {
	const signature = await signer.sign(settlementStatement(market.chainId, market.contracts.orderBook, { orderId: id, step, ...offer }));
	return api.post<SettlementOfferView>(`/api/orders/${id}/offers`, { ...offer, step, signature } satisfies PostOffer);
}

export const acceptOffer = (signer: Signer, orderBook: Address, { order }: Stepping, offer: SettlementOfferView): Promise<Relayed> =>
	signer.call([{ to: orderBook, data: encodeSettle(orderFromWire(order), offer) }]);

/** @param buyerBps share of the total that goes back to the buyer, in basis points. */
export const rule = (signer: Signer, orderBook: Address, wire: OrderWire, buyerBps: number): Promise<Relayed> =>
	signer.call([{ to: orderBook, data: encodeRule(orderFromWire(wire), buyerBps) }]);

/** Carries out what a passed deadline says; anyone may. */
export const settleDue = (signer: Signer, orderBook: Address, wire: OrderWire): Promise<Relayed> =>
	signer.call([{ to: orderBook, data: encodeSettleDue(orderFromWire(wire)) }]);
