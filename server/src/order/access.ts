import type { OrderRole, OrderWire } from '@kaishi/protocol/order';
import { shopRoles } from '@kaishi/protocol/shop';
import { type Address, isAddressEqual } from 'viem';
import type { Queryable } from '../platform/db/database.ts';
import { mayAct } from '../shop/public.ts';
import type { OrderRow } from './query.ts';

/** Who `viewer` is to an order now: a former owner or staff member is nobody. */
export async function roleOf(db: Queryable, order: OrderRow, viewer: Address | null): Promise<OrderRole | null> {
	if (viewer === null) return null;
	if (isAddressEqual(viewer, order.buyer as Address)) return 'buyer';
	if (await mayAct(db, order.shop_id, viewer, shopRoles.orders)) return 'seller';
	return isAddressEqual(viewer, order.arbitrator as Address) ? 'arbitrator' : null;
}

/** Only they need the address that goods go to. */
export const maySeeDelivery = (role: OrderRole | null) => role === 'buyer' || role === 'seller';

/** An arbitrator rules on what was shipped and why it is disputed. */
export const maySeeNotes = (role: OrderRole | null) => role !== null;

/** Once money has gone back the goods are not the buyer's any more; a key that could still be given back is not out yet. */
function keepsGoods({ state, terms, warranty_end }: OrderRow): boolean {
	const { returnSeconds } = JSON.parse(terms) as OrderWire['terms'];
	if (state === 'shipped') return returnSeconds === 0 || warranty_end > 0;
	return state === 'delivered' || state === 'completed' || state === 'warranty' || state === 'settled';
}

/** Digital goods are handed over once they are paid for and not given back. */
export function mayDownload(role: OrderRole | null, order: OrderRow): boolean {
	return role === 'seller' || (role === 'buyer' && keepsGoods(order));
}
