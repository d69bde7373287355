import type { Relayed } from '@kaishi/protocol/account';
import { orderBookAbi } from '@kaishi/protocol/generated/order-book';
import { reviewsAbi } from '@kaishi/protocol/generated/reviews';
import {
	encodeRule,
	encodeSettleDue,
	encodeStep,
	type OfferTerms,
	type Order,
	type OrderAction,
	type OrderView,
	orderIdOf,
	orderToAbi,
} from '@kaishi/protocol/order';
import { toCanonicalHex } from '@kaishi/protocol/platform/canonical-json';
import { type Address, encodeFunctionData, type Hex, zeroAddress, zeroHash } from 'viem';
import type { Actor } from './actor.ts';
import { randomSalt } from './software-authenticator.ts';
import { WalletUser } from './wallet-user.ts';

const ORDER_LIFETIME_SECONDS = 600;

/** What somebody wants to buy. */
export interface Wanted {
	offerId: bigint;
	/** The listing's version that the buyer saw; the first when left out. */
	version?: number;
	terms: OfferTerms;
	quantity?: bigint;
}

/** An order as this buyer would sign it now; `change` bends it. */
export async function draftOrder(buyer: Actor, offer: Wanted, change: Partial<Order> = {}): Promise<Order> {
	const market = await buyer.client.market();
	return {
		offerId: offer.offerId,
		version: offer.version ?? 1,
		terms: offer.terms,
		buyer: buyer.address,
		quantity: offer.quantity ?? 1n,
		affiliate: zeroAddress,
		feeBps: market.feeBps,
		detailsHash: zeroHash,
		validBefore: BigInt((await buyer.client.now()) + ORDER_LIFETIME_SECONDS),
		salt: randomSalt(),
		...change,
	};
}

/** Buys and returns what was agreed with its id. Throws `Refusal`. */
export async function buy(buyer: Actor, offer: Wanted, change: Partial<Order> = {}): Promise<{ order: Order; orderId: Hex; relayed: Relayed }> {
	const order = await draftOrder(buyer, offer, change);
	const relayed = await buyer.place(order);
	const { chainId, contracts } = await buyer.client.market();
	return { order, orderId: orderIdOf(order, chainId, contracts.orderBook), relayed };
}

/** One step of an order by one of its parties: a passkey by an operation, a wallet by a signed action at the order's present step. */
export async function takeStep(actor: Actor, action: OrderAction, order: Order, data: Hex = zeroHash, bps = 0): Promise<Relayed> {
	if (actor instanceof WalletUser) return actor.act(order, { action, bps, data, step: await stepOf(actor, order) });
	return callOrderBook(actor, encodeStep(order, { action, bps, data }));
}

/** An order's id on the market that `actor` trades on. */
export async function orderIdAt(actor: Actor, order: Order): Promise<Hex> {
	const { chainId, contracts } = await actor.client.market();
	return orderIdOf(order, chainId, contracts.orderBook);
}

/** The step an order is at, as its view tells. */
export async function stepOf(actor: Actor, order: Order): Promise<number> {
	const { chainId, contracts } = await actor.client.market();
	return (await actor.client.get<OrderView>(`/api/orders/${orderIdOf(order, chainId, contracts.orderBook)}`)).step;
}

export const ship = (seller: Actor, order: Order, data: Hex = randomSalt()) => takeStep(seller, 'ship', order, data);
export const confirm = (buyer: Actor, order: Order) => takeStep(buyer, 'confirm', order);
export const cancel = (buyer: Actor, order: Order) => takeStep(buyer, 'cancel', order);
export const refund = (seller: Actor, order: Order) => takeStep(seller, 'refund', order);
export const dispute = (buyer: Actor, order: Order, data: Hex = randomSalt()) => takeStep(buyer, 'dispute', order, data);

/** @param buyerBps share of the total that goes back to the buyer. */
export async function rule(arbitrator: Actor, order: Order, buyerBps: number): Promise<Relayed> {
	return callOrderBook(arbitrator, encodeRule(order, buyerBps));
}

export async function settleDue(anyone: Actor, order: Order): Promise<Relayed> {
	return callOrderBook(anyone, encodeSettleDue(order));
}

export async function withdrawShop(actor: Actor, shopId: bigint, token: Address, amount: bigint): Promise<Relayed> {
	return callOrderBook(actor, encodeFunctionData({ abi: orderBookAbi, functionName: 'withdrawShop', args: [shopId, token, amount] }));
}

/** @param ofSeller true when the buyer reviews the shop. */
export async function review(actor: Actor, order: Order, review: { ofSeller: boolean; rating: number; text: string }): Promise<Relayed> {
	const content = toCanonicalHex({ text: review.text, media: [] });
	return callReviews(
		actor,
		encodeFunctionData({ abi: reviewsAbi, functionName: 'review', args: [orderToAbi(order), review.ofSeller, review.rating, content] }),
	);
}

/** @param ofSeller which of the two reviews is answered. */
export async function reply(actor: Actor, order: Order, answer: { ofSeller: boolean; text: string }): Promise<Relayed> {
	return callReviews(
		actor,
		encodeFunctionData({ abi: reviewsAbi, functionName: 'reply', args: [orderToAbi(order), answer.ofSeller, toCanonicalHex({ text: answer.text })] }),
	);
}

async function callOrderBook(actor: Actor, data: Hex): Promise<Relayed> {
	return actor.execute([{ to: (await actor.client.market()).contracts.orderBook, data }]);
}

async function callReviews(actor: Actor, data: Hex): Promise<Relayed> {
	return actor.execute([{ to: (await actor.client.market()).contracts.reviews, data }]);
}
