import { Refusal } from '@kaishi/protocol/platform/errors';
import type { Address, Hex } from 'viem';
import type { Queryable } from '../platform/db/database.ts';
import { perAccountOf } from '../shop/public.ts';

/** An order as far as limits per account go. */
export interface LimitedOrder {
	orderId: Hex;
	buyer: Address;
	listingId: string;
	quantity: bigint;
}

/**
 * Keeps to what listings say an account may have of them (`perAccount`). Counts what the tables hold and what is on its way
 * there, so that two orders at the same moment do not both pass. One for all doors of this operator.
 */
export interface OrderLimits {
	/**
	 * Counts the orders as taken until the returned function is called, which is due once they stand in the tables or have failed.
	 * Refuses with `Operator_LimitReached` {most} and counts nothing. An order that was placed, or is on its way, passes again.
	 */
	take(orders: readonly LimitedOrder[]): Promise<() => void>;
}

interface UnitsRow {
	order_id: Hex;
	listing_id: string;
	quantity: string;
}

/** Units of each listing that the account has; what was cancelled or refunded does not count. */
export async function unitsOf(db: Queryable, account: Address, listingIds: readonly string[]): Promise<Map<string, bigint>> {
	const units = new Map<string, bigint>();
	for (const row of await ordersOf(db, account, listingIds)) units.set(row.listing_id, (units.get(row.listing_id) ?? 0n) + BigInt(row.quantity));
	return units;
}

async function ordersOf(db: Queryable, account: Address, listingIds: readonly string[]): Promise<UnitsRow[]> {
	const { rows } = await db.query<UnitsRow>(
		`select order_id, listing_id, quantity from "order".orders where buyer = $1 and listing_id = any($2::numeric[]) and state <> 'refunded'`,
		[account, listingIds],
	);
	return rows;
}

export function createOrderLimits(db: Queryable): OrderLimits {
	/** What is on its way, in order of arrival, by buyer and listing. */
	const underway = new Map<string, Map<Hex, bigint>>();
	const keyOf = (order: LimitedOrder) => `${order.buyer.toLowerCase()}/${order.listingId}`;
	const depart = (order: LimitedOrder) => {
		const others = underway.get(keyOf(order));
		others?.delete(order.orderId);
		if (others?.size === 0) underway.delete(keyOf(order));
	};
	const arrive = (order: LimitedOrder): boolean => {
		const others = underway.get(keyOf(order)) ?? new Map<Hex, bigint>();
		if (others.has(order.orderId)) return false;
		underway.set(keyOf(order), others.set(order.orderId, order.quantity));
		return true;
	};
	/** Units of one order and everything of its listing that came before it. */
	const unitsUpTo = (order: LimitedOrder, placed: readonly UnitsRow[]): bigint => {
		const known = new Set(placed.map((row) => row.order_id));
		let units = placed.reduce((sum, row) => sum + BigInt(row.quantity), 0n);
		for (const [id, quantity] of underway.get(keyOf(order)) ?? []) {
			if (!known.has(id)) units += quantity;
			if (id === order.orderId) break;
		}
		return units;
	};
	return {
		async take(orders) {
			const own = orders.filter(arrive);
			const release = () => own.forEach(depart);
			try {
				const limits = await perAccountOf(db, [...new Set(own.map((order) => order.listingId))]);
				for (const order of own) {
					const most = limits.get(order.listingId);
					if (most === undefined) continue;
					const placed = await ordersOf(db, order.buyer, [order.listingId]);
					if (!placed.some((row) => row.order_id === order.orderId) && unitsUpTo(order, placed) > BigInt(most))
						throw new Refusal('Operator_LimitReached', 'conflict', { most: String(most) });
				}
			} catch (error) {
				release();
				throw error;
			}
			return release;
		},
	};
}
