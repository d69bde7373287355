import type { ShopFigures } from '@kaishi/protocol/order';
import { shopAccountOf } from '@kaishi/protocol/shop';
import { type Address, getAddress } from 'viem';
import { countOutOfStock } from '../shop/public.ts';
import type { OrderContext } from './context.ts';
import { balancesOf, type DayRow, inEscrow, ordersPerDay, revenuePerDay, shopCounts } from './query-money.ts';

const DAY = 86_400;
const DAYS = 30;

/** The last 30 UTC days up to `now` as day numbers since 1970, oldest first. */
export function lastDays(now: number): number[] {
	const today = Math.floor(now / DAY);
	return Array.from({ length: DAYS }, (_, i) => today - DAYS + 1 + i);
}

export const dayName = (day: number) => new Date(day * DAY * 1000).toISOString().slice(0, 10);

/** One row per day, with zero where nothing happened. */
export function fillDays(now: number, rows: readonly DayRow[]): { day: string; orders: number }[] {
	const counts = new Map(rows.map((row) => [row.day, row.orders]));
	return lastDays(now).map((day) => ({ day: dayName(day), orders: counts.get(day) ?? 0 }));
}

export async function shopFigures({ db, now, reviews }: OrderContext, shopId: string): Promise<ShopFigures> {
	const time = now();
	const account = getAddress(shopAccountOf(BigInt(shopId)));
	const since = (lastDays(time)[0] ?? 0) * DAY;
	const [counts, outOfStock, reviewed, escrow, available, perDay, revenue] = await Promise.all([
		shopCounts(db, shopId),
		countOutOfStock(db, shopId),
		reviews.countByShop(shopId),
		inEscrow(db, shopId),
		balancesOf(db, account),
		ordersPerDay(db, shopId, since),
		revenuePerDay(db, account, since),
	]);
	return {
		toShip: counts.to_ship,
		toAnswer: counts.to_answer,
		toInspect: counts.to_inspect,
		toReplace: counts.to_replace,
		disputed: counts.disputed,
		outOfStock,
		unreviewed: counts.ended - reviewed,
		inEscrow: escrow,
		available,
		daily: fillDays(time, perDay).map((entry) => ({
			...entry,
			revenue: revenue.filter((row) => dayName(row.day) === entry.day).map((row) => ({ currency: row.currency as Address, amount: row.amount })),
		})),
		onTimeRate: counts.on_time,
		refundRate: counts.refunded,
		returnRate: counts.returned,
	};
}
