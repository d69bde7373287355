import type { Category, ListingFilter } from '@kaishi/protocol/shop';
import { stalls } from '#domain/shop/index.ts';

export const sorts = ['newest', 'popular', 'priceUp', 'priceDown'] as const;

const oneOf = <T extends string>(list: readonly T[], value: string | null): T | undefined => list.find((item) => item === value);

/** The filter that an address names; whatever it doesn't understand is left out. */
export function filterFrom(query: URLSearchParams): ListingFilter {
	const words = query.get('q')?.trim().slice(0, 200);
	const currency = query.get('currency');
	return {
		...(words ? { query: words } : {}),
		category: oneOf<Category>(stalls, query.get('category')),
		kind: oneOf(['physical', 'digital'] as const, query.get('kind')),
		...(currency && /^0x[0-9a-fA-F]{40}$/.test(currency) ? { currency: currency as `0x${string}` } : {}),
		...(query.has('stock') ? { inStock: true } : {}),
		sort: oneOf(sorts, query.get('sort')),
		cursor: query.get('cursor')?.slice(0, 400) ?? null,
		limit: 24,
	};
}

/** The address of a filter: only what differs from everything. */
export function addressOf(filter: ListingFilter): string {
	const query = new URLSearchParams();
	if (filter.query) query.set('q', filter.query);
	if (filter.category) query.set('category', filter.category);
	if (filter.kind) query.set('kind', filter.kind);
	if (filter.currency) query.set('currency', filter.currency);
	if (filter.inStock) query.set('stock', '1');
	if (filter.sort) query.set('sort', filter.sort);
	const text = query.toString();
	return text ? `/search?${text}` : '/search';
}
