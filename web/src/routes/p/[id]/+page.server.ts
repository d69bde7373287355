import { error } from '@sveltejs/kit';
import { readAtAuction } from '#domain/live/auction/at-auction.ts';
import { unitsOf } from '#platform/i18n/units.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, request, url }) => {
	if (!/^\d{1,78}$/.test(params.id)) error(404, 'no such listing');
	const { shop, review, social } = locals.reads;
	const listing = await shop.listing(params.id);
	if (!listing) error(404, 'no such listing');
	const pledged = listing.offers.some((offer) => offer.pledge !== null);
	const [reviews, related, responseTime, tabs, atAuction] = await Promise.all([
		review.reviewsOfListing(listing.id, url.searchParams.get('reviews')),
		shop.listings({ shopId: listing.shop.id, sort: 'popular', limit: 5 }),
		social.responseTime(listing.shop.id),
		pledged && locals.viewer ? locals.reads.tab.tabsOf(locals.viewer.address) : [],
		readAtAuction(locals.reads, listing),
	]);
	return {
		listing,
		units: unitsOf(request.headers.get('accept-language')),
		reviews,
		responseTime,
		tabs,
		atAuction,
		related: related.items.filter((other) => other.id !== listing.id).slice(0, 4),
	};
};
