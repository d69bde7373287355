import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => {
	const { shop, live } = locals.reads;
	const [shops, popular, fresh, onAir, upcoming] = await Promise.all([
		shop.shops({ limit: 6, sort: 'newest' }),
		shop.listings({ sort: 'popular', inStock: true, limit: 8 }),
		shop.listings({ sort: 'newest', limit: 8 }),
		live.shows({ status: 'live', limit: 8 }),
		live.shows({ status: 'upcoming', limit: 4 }),
	]);
	return { shops, popular: popular.items, fresh: fresh.items, live: [...onAir.items, ...upcoming.items] };
};
