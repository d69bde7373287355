import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => {
	const { shop } = locals.reads;
	const [shops, popular, fresh] = await Promise.all([
		shop.shops({ limit: 6, sort: 'newest' }),
		shop.listings({ sort: 'popular', inStock: true, limit: 8 }),
		shop.listings({ sort: 'newest', limit: 8 }),
	]);
	return { shops, popular: popular.items, fresh: fresh.items };
};
