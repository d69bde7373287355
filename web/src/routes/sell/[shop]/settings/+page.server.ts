import { shopAccountOf } from '@kaishi/protocol/shop';
import { error } from '@sveltejs/kit';
import { actsAsOwner, mayDo } from '#domain/shop/seller/access.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, parent }) => {
	const { shop, access } = await parent();
	if (!mayDo(access, 'catalogue') && !actsAsOwner(access)) error(403, { status: 403, message: 'catalogue', code: 'Shop_Unauthorized' });
	return { balances: await locals.reads.order.balancesOf(shopAccountOf(BigInt(shop.id))) };
};
