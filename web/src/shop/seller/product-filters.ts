/** Saved views of a shop's products, by the word in the address. */
export const productFilters = ['all', 'listed', 'out', 'delisted'] as const;
export type ProductFilterName = (typeof productFilters)[number];

export function productFilterOf(text: string | null): ProductFilterName {
	return productFilters.find((name) => name === text) ?? 'all';
}

/** Sold out is a product of which any variant is: that is what the seller has to look after. */
export function productMatches(listing: { listed: boolean; offers: { stock: number | null }[] }, show: ProductFilterName): boolean {
	if (show === 'all') return true;
	if (show === 'delisted') return !listing.listed;
	return listing.listed && (show === 'listed' || listing.offers.some((offer) => offer.stock === 0));
}
