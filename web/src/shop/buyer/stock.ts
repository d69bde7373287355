/** How much is left, as shoppers think of it. */
export type StockState = { kind: 'delisted' } | { kind: 'soldOut' } | { kind: 'low'; left: number } | { kind: 'plenty' };

const LOW = 5;

/** @param stock pieces left; null is unlimited. */
export function stockStateOf(stock: number | null, listed = true): StockState {
	if (!listed) return { kind: 'delisted' };
	if (stock === 0) return { kind: 'soldOut' };
	return stock !== null && stock <= LOW ? { kind: 'low', left: stock } : { kind: 'plenty' };
}
