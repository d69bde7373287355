import { shopAccountOf } from '@kaishi/protocol/shop';
import { error } from '@sveltejs/kit';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const { shop: shops, review, social, live } = locals.reads;
	const shop = await shops.shop(params.slug);
	if (!shop) error(404, 'no such shop');
	const [listings, reviews, responseTime, onAir, upcoming, replays] = await Promise.all([
		shops.listings({ shopId: shop.id, sort: 'newest', limit: 24, cursor: url.searchParams.get('cursor') }),
		review.reviewsOfShop(shop.id, url.searchParams.get('reviews')),
		social.responseTime(shop.id),
		live.shows({ status: 'live', shopId: shop.id, limit: 4 }),
		live.shows({ status: 'upcoming', shopId: shop.id, limit: 4 }),
		live.shows({ status: 'ended', shopId: shop.id, replay: true, limit: 4 }),
	]);
	return { shop, listings, reviews, responseTime, live: [...onAir.items, ...upcoming.items, ...replays.items], till: shopAccountOf(BigInt(shop.id)) };
};
