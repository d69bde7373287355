import type { OrderState } from '@kaishi/protocol/order';

/** Saved views of a shop's orders, by the word in the address. */
export const orderFilters = {
	all: undefined,
	placed: ['placed'],
	shipped: ['shipped'],
	disputed: ['disputed'],
	done: ['completed', 'ruled'],
	refunded: ['refunded'],
	/** Ended ones without the shop's review of the buyer; picked out of these states. */
	review: ['completed', 'refunded', 'ruled'],
} as const satisfies Record<string, readonly OrderState[] | undefined>;

export type OrderFilterName = keyof typeof orderFilters;

export function orderFilterOf(text: string | null): OrderFilterName {
	return text !== null && Object.hasOwn(orderFilters, text) ? (text as OrderFilterName) : 'all';
}
