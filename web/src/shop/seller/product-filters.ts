import type { ListingCard } from '@kaishi/protocol/shop';

/** Saved views of a shop's products, by the word in the address. */
export const productFilters = ['all', 'listed', 'out', 'delisted'] as const;
export type ProductFilterName = (typeof productFilters)[number];

export function productFilterOf(text: string | null): ProductFilterName {
	return productFilters.find((name) => name === text) ?? 'all';
}

export function productMatches(card: Pick<ListingCard, 'listed' | 'stock'>, show: ProductFilterName): boolean {
	if (show === 'all') return true;
	if (show === 'delisted') return !card.listed;
	return card.listed && (show === 'listed' || card.stock === 0);
}
