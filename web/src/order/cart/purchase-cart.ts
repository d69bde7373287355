import type { MarketInfo } from '@kaishi/protocol/discovery';
import { orderFromWire } from '@kaishi/protocol/order';
import { Refusal } from '@kaishi/protocol/platform/errors';
import type { Hex } from 'viem';
import { isNetworkLost } from '#platform/api/client.ts';
import type { Balances } from '#platform/wallet/order-calls.ts';
import { arePlaced } from '#platform/wallet/placed-orders.ts';
import type { Signer } from '#platform/wallet/signer.ts';
import type { PurchaseWish } from '../pending.ts';
import { beginPurchase, finishPurchase, leaveDelivery } from '../purchase.ts';

/**
 * Pays for and places an order for each wish, all or nothing; resolves with their ids once this operator shows them. Tried
 * again with the same wishes the orders are the same, so nobody pays twice. Throws `Refusal`; its `offerId` or `item`
 * tells which of them it was.
 */
export async function purchaseCart(wishes: readonly PurchaseWish[], signer: Signer, market: MarketInfo, balances: Balances): Promise<Hex[]> {
	const begun = await Promise.all(wishes.map((wish) => beginPurchase(wish, market)));
	const open = begun.filter(({ placed }) => !placed).map(({ pending }) => pending);
	if (open.length > 0) {
		for (const pending of open) await leaveDelivery(pending);
		try {
			await signer.placeOrders(
				open.map(({ order }) => orderFromWire(order)),
				balances,
			);
		} catch (error) {
			const perhapsPlaced = isNetworkLost(error) || (error instanceof Refusal && error.code === 'OrderBook_AlreadyPlaced');
			if (!perhapsPlaced || !(await arePlaced(open.map(({ orderId }) => orderId))))
				throw named(
					error,
					open.map(({ order }) => order.offerId),
				);
		}
	}
	return begun.map(({ pending }) => finishPurchase(pending));
}

/** A refusal that says which order of a cart failed says which offer that was. */
function named(error: unknown, offerIds: readonly string[]): unknown {
	if (!(error instanceof Refusal)) return error;
	const offerId = error.details.offerId ?? offerIds[Number(error.details.item ?? Number.NaN)];
	return offerId === undefined ? error : new Refusal(error.code, error.kind, { ...error.details, offerId }, { cause: error });
}
