import { error } from '@sveltejs/kit';
import { mayDo } from '#domain/shop/seller/access.ts';
import type { PageServerLoad } from './$types';

const PAST = 20;

export const load: PageServerLoad = async ({ locals, parent, url }) => {
	const { shop, access } = await parent();
	if (!mayDo(access, 'live')) error(403, { status: 403, message: 'live', code: 'Shop_Unauthorized' });
	const { live } = locals.reads;
	const [now, coming, past] = await Promise.all([
		live.shows({ status: 'live', shopId: shop.id }),
		live.shows({ status: 'upcoming', shopId: shop.id }),
		live.shows({ status: 'ended', shopId: shop.id, limit: PAST, cursor: url.searchParams.get('cursor') }),
	]);
	return { coming: [...now.items, ...coming.items], past: past.items, next: past.next };
};
