import type { ListingView, OfferView } from '@kaishi/protocol/shop';
import { expect, test, vi } from 'vitest';
import { emptyDraft } from './listing-draft.ts';

vi.mock('#platform/api/client.ts', () => ({ api: {} }));
const { withFreshStock } = await import('./publish.ts');

const view = (...stocks: (number | null)[]) =>
	({ offers: stocks.map((stock, i) => ({ values: [{ en: String(i) }], stock }) as unknown as OfferView) }) as unknown as ListingView;
const draft = (...stocks: string[]) => ({
	...emptyDraft('0x0000000000000000000000000000000000000000'),
	rows: stocks.map((stock, i) => ({ values: [{ en: String(i) }], price: '1', stock, sku: '', media: null })),
});
const stocksOf = (d: ReturnType<typeof draft>) => d.rows.map((row) => row.stock);

test('default: sales since the page was opened are kept', () => {
	expect(stocksOf(withFreshStock(draft('10', ''), view(10, null), view(7, null)) as never)).toEqual(['7', '']);
});

test('behavior: what the seller typed wins', () => {
	expect(stocksOf(withFreshStock(draft('12', '5'), view(10, 5), view(7, 4)) as never)).toEqual(['12', '4']);
});

test('behavior: rows that mean something else now are left alone', () => {
	const renamed = draft('10');
	renamed.rows = [{ ...renamed.rows[0]!, values: [{ en: 'other' }] }];
	expect(stocksOf(withFreshStock(renamed, view(10), view(7)) as never)).toEqual(['10']);
});
