import type { OrderView } from '@kaishi/protocol/order';
import type { Address, Hex } from 'viem';
import type { Queryable } from '../platform/db/database.ts';
import type { MediaViews } from '../shop/public.ts';

/** What reviews say about orders; answered by a later domain. */
export interface OrderReviews {
	ofOrder(orderId: Hex): Promise<OrderView['reviews']>;
	/** How many buyers a shop has reviewed. */
	countByShop(shopId: string): Promise<number>;
}

export interface OrderContext {
	db: Queryable;
	media: MediaViews;
	/** Pictures that belong to reasons. */
	privateMedia: MediaViews;
	reviews: OrderReviews;
	/** Whether an arbitrator is a contract, which takes a fee from both sides. */
	isCourt(arbitrator: Address): boolean;
	/** Chain time, Unix seconds. */
	now(): number;
}
