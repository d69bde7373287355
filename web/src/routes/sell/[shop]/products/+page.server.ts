import { error } from '@sveltejs/kit';
import { mayDo } from '#domain/shop/seller/access.ts';
import { productFilterOf, productMatches } from '#domain/shop/seller/product-filters.ts';
import type { PageServerLoad } from './$types';

const PAGE = 60;

export const load: PageServerLoad = async ({ locals, parent, url }) => {
	const { shop, access } = await parent();
	if (!mayDo(access, 'catalogue')) error(403, { status: 403, message: 'catalogue', code: 'Shop_Unauthorized' });
	const { shop: reads } = locals.reads;
	const show = productFilterOf(url.searchParams.get('show'));
	const page = await reads.listings({ shopId: shop.id, includeDelisted: true, sort: 'newest', limit: PAGE, cursor: url.searchParams.get('cursor') });
	const listings = await Promise.all(page.items.map((card) => reads.listing(card.id)));
	const products = listings.flatMap((listing) =>
		listing && productMatches(listing, show)
			? [
					{
						id: listing.id,
						title: listing.title,
						image: listing.image,
						price: listing.price,
						priceVaries: listing.priceVaries,
						listed: listing.listed,
						stock: listing.stock,
						sold: listing.sold,
						offers: listing.offers.map(({ offerId, values, stock, pledge }) => ({ offerId, values, stock, pledge })),
					},
				]
			: [],
	);
	return { show, products, next: page.next };
};
