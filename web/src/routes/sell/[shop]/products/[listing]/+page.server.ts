import { error } from '@sveltejs/kit';
import { mayDo } from '#domain/shop/seller/access.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, parent }) => {
	const { shop, access } = await parent();
	if (!mayDo(access, 'catalogue')) error(403, { status: 403, message: 'catalogue', code: 'Shop_Unauthorized' });
	const listing = await locals.reads.shop.listing(params.listing);
	if (!listing || listing.shop.id !== shop.id) error(404, { status: 404, message: 'No such product.', code: 'Catalog_UnknownListing' });
	return { listing };
};
