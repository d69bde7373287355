import { parseStock } from './listing-draft.ts';

/** Stock as shown and typed: null is unlimited, written as nothing. */
export const writeStock = (stock: number | null) => (stock === null ? '' : String(stock));

export interface StockChange {
	offerId: string;
	from: number | null;
	to: bigint;
}

/** What was typed against what is on the chain; `invalid` holds offers whose text is no stock. */
export function stockChanges(
	offers: { offerId: string; stock: number | null }[],
	typed: Record<string, string>,
): { changes: StockChange[]; invalid: string[] } {
	const changes: StockChange[] = [];
	const invalid: string[] = [];
	for (const { offerId, stock } of offers) {
		const text = typed[offerId];
		if (text === undefined || text.trim() === writeStock(stock)) continue;
		const to = parseStock(text);
		if (to === null) invalid.push(offerId);
		else changes.push({ offerId, from: stock, to });
	}
	return { changes, invalid };
}
