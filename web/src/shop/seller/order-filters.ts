import type { OrderState } from '@kaishi/protocol/order';

/** Saved views of a shop's orders, by the word in the address. */
export const orderFilters = {
	all: undefined,
	placed: ['placed'],
	shipped: ['shipped', 'delivered'],
	requested: ['requested'],
	returned: ['returned'],
	replacing: ['replacing'],
	returns: ['delivered', 'requested', 'returning', 'returned', 'replacing'],
	disputed: ['contested', 'disputed'],
	warranty: ['warranty'],
	done: ['completed', 'ruled', 'settled', 'warranty'],
	refunded: ['refunded'],
	/** Ended ones without the shop's review of the buyer; picked out of these states. */
	review: ['completed', 'refunded', 'ruled', 'settled', 'warranty'],
} as const satisfies Record<string, readonly OrderState[] | undefined>;

export type OrderFilterName = keyof typeof orderFilters;

export function orderFilterOf(text: string | null): OrderFilterName {
	return text !== null && Object.hasOwn(orderFilters, text) ? (text as OrderFilterName) : 'all';
}
