import { error } from '@sveltejs/kit';
import { mayDo } from '#domain/shop/seller/access.ts';
import type { PageServerLoad } from './$types';

const MOST_PRODUCTS = 60;

export const load: PageServerLoad = async ({ locals, parent }) => {
	const { shop, access } = await parent();
	if (!mayDo(access, 'live')) error(403, { status: 403, message: 'live', code: 'Shop_Unauthorized' });
	return { products: (await locals.reads.shop.listings({ shopId: shop.id, limit: MOST_PRODUCTS })).items };
};
