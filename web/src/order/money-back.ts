import type { OrderView, Remedy } from '@kaishi/protocol/order';

const BPS = 10_000n;

type Held = Pick<OrderView, 'held' | 'subtotal' | 'order'>;

/** What the seller keeps of a return without a reason: restocking and the parcel, never more than is held. Base units. */
export function keptOf({ held, subtotal, order: { terms } }: Held): bigint {
	const kept = (BigInt(subtotal.amount) * BigInt(terms.restockingBps)) / BPS + BigInt(terms.returnShippingPrice);
	return kept > BigInt(held.amount) ? BigInt(held.amount) : kept;
}

/** What a buyer gets back when a request is granted, in base units; nothing for an exchange. */
export function moneyBackOf(order: Held, remedy: Remedy, byRight: boolean, bps: number): bigint {
	if (remedy === 'exchange') return 0n;
	if (remedy === 'refund') return partOf(order, bps);
	return BigInt(order.held.amount) - (byRight ? keptOf(order) : 0n);
}

export const partOf = ({ held }: Pick<Held, 'held'>, bps: number): bigint => (BigInt(held.amount) * BigInt(bps)) / BPS;
