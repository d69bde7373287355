import type { Call } from '@kaishi/protocol/account';
import type { MarketInfo } from '@kaishi/protocol/discovery';
import { reviewsAbi } from '@kaishi/protocol/generated/reviews';
import { type OrderWire, orderFromWire, orderToAbi } from '@kaishi/protocol/order';
import { toCanonicalHex } from '@kaishi/protocol/platform/canonical-json';
import { encodeFunctionData } from 'viem';

// Loads the chain library, so it is imported when somebody is about to sign.

type Market = Pick<MarketInfo, 'contracts'>;

/** @param ofSeller true when the buyer reviews the shop, false when the shop reviews the buyer. */
export function writeReview({ contracts }: Market, order: OrderWire, ofSeller: boolean, review: { rating: number; text: string; media: string[] }): Call {
	const content = toCanonicalHex({ text: review.text, media: review.media });
	return {
		to: contracts.reviews,
		data: encodeFunctionData({ abi: reviewsAbi, functionName: 'review', args: [orderToAbi(orderFromWire(order)), ofSeller, review.rating, content] }),
	};
}

/** @param ofSeller which of the two reviews is answered. */
export function writeReply({ contracts }: Market, order: OrderWire, ofSeller: boolean, text: string): Call {
	return {
		to: contracts.reviews,
		data: encodeFunctionData({ abi: reviewsAbi, functionName: 'reply', args: [orderToAbi(orderFromWire(order)), ofSeller, toCanonicalHex({ text })] }),
	};
}
