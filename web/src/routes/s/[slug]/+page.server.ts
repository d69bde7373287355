import { shopAccountOf } from '@kaishi/protocol/shop';
import { error } from '@sveltejs/kit';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const { shop: shops, review, social } = locals.reads;
	const shop = await shops.shop(params.slug);
	if (!shop) error(404, 'no such shop');
	const [listings, reviews, responseTime] = await Promise.all([
		shops.listings({ shopId: shop.id, sort: 'newest', limit: 24, cursor: url.searchParams.get('cursor') }),
		review.reviewsOfShop(shop.id, url.searchParams.get('reviews')),
		social.responseTime(shop.id),
	]);
	return { shop, listings, reviews, responseTime, till: shopAccountOf(BigInt(shop.id)) };
};
