import { filterFrom } from '#domain/discovery/filter.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
	const filter = filterFrom(url.searchParams);
	const found = await locals.reads.shop.listings(filter);
	return { filter, listings: found.items, next: found.next };
};
