import { MAX_CART_LINES, type PlacedOrders } from '@kaishi/protocol/order';
import { Refusal } from '@kaishi/protocol/platform/errors';
import type { Hex } from 'viem';
import { api } from '../api/client.ts';

const POLL_MS = 400;
const POLLS = 60;

/** Whether this operator shows all of these orders, of one payment; throws when nobody answers. */
export async function arePlaced(orderIds: readonly Hex[]): Promise<boolean> {
	if (orderIds.length > MAX_CART_LINES) throw new RangeError('more orders than one payment places');
	const { placed } = await api.get<PlacedOrders>(`/api/orders/placed?ids=${orderIds.join(',')}`);
	return orderIds.every((id) => placed.includes(id.toLowerCase() as Hex));
}

/** Resolves once this operator shows all of these orders; throws `Network_Lost` when that takes longer than anything honest. */
export async function waitUntilPlaced(orderIds: readonly Hex[]): Promise<void> {
	for (let poll = 0; poll < POLLS; poll++) {
		if (await arePlaced(orderIds).catch(() => false)) return;
		await new Promise((resolve) => setTimeout(resolve, POLL_MS));
	}
	throw new Refusal('Network_Lost', 'unavailable');
}
