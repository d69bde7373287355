import type { Relayed } from '@kaishi/protocol/account';
import type { MarketInfo } from '@kaishi/protocol/discovery';
import type { OrderView, TrackingNote } from '@kaishi/protocol/order';
import { orderFromWire } from '@kaishi/protocol/order';
import { api } from '#platform/api/client.ts';
import { randomHex } from '#platform/wallet/bytes.ts';
import type { Signer } from '#platform/wallet/signer.ts';

/**
 * Leaves each tracking note with the operator, then ships all orders with one signature (a wallet signs one by one).
 * Notes that were left for nothing hurt nobody. Throws `Refusal`.
 */
export async function shipOrders(signer: Signer, market: MarketInfo, list: { view: OrderView; note: TrackingNote }[]): Promise<Relayed> {
	const hashes = await Promise.all(list.map(({ view, note }) => leaveTracking(view.id, note)));
	const [only] = list;
	if (list.length === 1 && only && hashes[0]) return signer.act(orderFromWire(only.view.order), { action: 'ship', step: only.view.step, data: hashes[0] });
	const { shipOrder } = await import('./calls.ts');
	return signer.call(list.flatMap(({ view }, i) => (hashes[i] ? [shipOrder(market, view.order, hashes[i])] : [])));
}

async function leaveTracking(orderId: string, note: TrackingNote): Promise<`0x${string}`> {
	const { hash } = await api.post<{ hash: `0x${string}` }>(`/api/orders/${orderId}/tracking`, { note, salt: randomHex(32) });
	return hash;
}
