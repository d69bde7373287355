import type { MarketInfo } from '@kaishi/protocol/discovery';
import { detailsHashOf, type Order, orderFromWire, orderIdOf, orderToWire, termsFromWire } from '@kaishi/protocol/order';
import { Refusal } from '@kaishi/protocol/platform/errors';
import { type Address, type Hex, zeroHash } from 'viem';
import { api, isNetworkLost } from '#platform/api/client.ts';
import { chainNow } from '#platform/chain-clock.svelte.ts';
import { randomHex } from '#platform/wallet/bytes.ts';
import { arePlaced, waitUntilPlaced } from '#platform/wallet/placed-orders.ts';
import type { Signer } from '#platform/wallet/signer.ts';
import { keepReceipt } from './kept-receipts.ts';
import { forgetPending, isSamePurchase, isSameWish, type PendingPurchase, type PurchaseWish, readPending, writePending } from './pending.ts';
import { quickBuy } from './quick-buy.ts';

function draft(wish: PurchaseWish, market: MarketInfo): PendingPurchase {
	const detailsSalt = wish.details ? randomHex(32) : null;
	const order: Order = {
		offerId: BigInt(wish.offerId),
		version: wish.version,
		terms: termsFromWire(wish.terms),
		buyer: wish.buyer as Address,
		quantity: BigInt(wish.quantity),
		affiliate: wish.affiliate as Address,
		feeBps: wish.feeBps,
		detailsHash: wish.details && detailsSalt ? detailsHashOf(wish.details, detailsSalt) : zeroHash,
		validBefore: BigInt(wish.validBefore),
		salt: randomHex(32),
	};
	return { orderId: orderIdOf(order, market.chainId, market.contracts.orderBook), order: orderToWire(order), details: wish.details, detailsSalt };
}

/** What was begun before for the same wish, or a new order. `placed`: it stands already, and its answer was lost. */
export async function beginPurchase(wish: PurchaseWish, market: MarketInfo): Promise<{ pending: PendingPurchase; placed: boolean }> {
	const before = readPending(wish.offerId);
	const known = before !== null && isSameWish(before, wish) ? before : null;
	if (known && (await arePlaced([known.orderId]))) return { pending: known, placed: true };
	const pending = known && isSamePurchase(known, wish, chainNow()) ? known : draft(wish, market);
	writePending(pending);
	return { pending, placed: false };
}

/** Leaves the delivery details with the operator, bound to the order by their hash. */
export async function leaveDelivery(pending: PendingPurchase): Promise<void> {
	if (pending.details) await api.post(`/api/orders/${pending.orderId}/delivery`, { details: pending.details, salt: pending.detailsSalt });
}

/**
 * Pays for and places an order; resolves with its id once this operator shows it. The same wish tried again is the same
 * order: an answer that was lost on the way is asked for first, and the contract takes an order id only once.
 * Throws `Refusal`; after `Network_Lost` call again with the same wish.
 */
export async function purchase(wish: PurchaseWish, signer: Signer, market: MarketInfo, balance: bigint): Promise<Hex> {
	const { pending, placed } = await beginPurchase(wish, market);
	if (placed) return finishPurchase(pending);
	await leaveDelivery(pending);
	try {
		const order = orderFromWire(pending.order);
		// A key that the person let order on this device comes first: then nobody is asked.
		const quick = await quickBuy(order, market);
		if (quick === null) await signer.placeOrder(order, balance);
		else if (quick.receipt) {
			keepReceipt(quick.receipt);
			await waitUntilPlaced([pending.orderId]);
		}
	} catch (error) {
		const perhapsPlaced = isNetworkLost(error) || (error instanceof Refusal && error.code === 'OrderBook_AlreadyPlaced');
		if (!perhapsPlaced || !(await arePlaced([pending.orderId]))) throw error;
	}
	return finishPurchase(pending);
}

export function finishPurchase({ orderId, order }: PendingPurchase): Hex {
	forgetPending(order.offerId);
	return orderId;
}
