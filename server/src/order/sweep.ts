import { Refusal } from '@kaishi/protocol/platform/errors';
import { shopAccountOf } from '@kaishi/protocol/shop';
import { type Address, getAddress } from 'viem';
import type { Queryable } from '../platform/db/database.ts';
import { guardedShops } from '../shop/public.ts';

export interface SweeperContext {
	db: Queryable;
	/** Anyone may; here the operator's relayer does. */
	sweep(shopId: bigint, currency: Address): Promise<unknown>;
	/** Chain time, Unix seconds. */
	now(): number;
	onError(error: unknown): void;
}

/** Whoever sends a shop one unit above its cap again and again does not have the operator pay for each. */
const PAUSE_SECONDS = 60;

/**
 * Moves what guarded shops have above their caps to their cold addresses, each shop's each currency at most once a minute.
 * The contract knows the amount, so doing it twice moves nothing twice. Resolves with how many were swept.
 */
export function createSweeper(context: SweeperContext): () => Promise<number> {
	const tried = new Map<string, number>();
	return async () => {
		let swept = 0;
		for (const { shopId, currency } of await findExcess(context.db)) {
			const key = `${shopId}/${currency}`;
			const now = context.now();
			const last = tried.get(key);
			if (last !== undefined && now >= last && now - last < PAUSE_SECONDS) continue;
			tried.set(key, now);
			try {
				await context.sweep(shopId, currency);
				swept++;
			} catch (error) {
				// A cold address that takes no coin is the shop's to change; the others' money waits for nobody.
				if (!(error instanceof Refusal)) context.onError(error);
			}
		}
		for (const [key, time] of tried) if (context.now() - time >= PAUSE_SECONDS) tried.delete(key);
		return swept;
	};
}

async function findExcess(db: Queryable): Promise<{ shopId: bigint; currency: Address }[]> {
	const shops = await guardedShops(db);
	if (shops.length === 0) return [];
	const byAccount = new Map(shops.map((shop) => [getAddress(shopAccountOf(BigInt(shop.shop_id))), shop]));
	const { rows } = await db.query<{ account: Address; currency: Address; amount: string }>(
		'select account, currency, amount from "order".balances where account = any($1) and amount > 0',
		[[...byAccount.keys()]],
	);
	return rows.flatMap(({ account, currency, amount }) => {
		const shop = byAccount.get(account);
		return shop !== undefined && BigInt(amount) > BigInt(shop.caps[currency] ?? 0) ? [{ shopId: BigInt(shop.shop_id), currency }] : [];
	});
}
