import { error } from '@sveltejs/kit';
import { mayDo } from '#domain/shop/seller/access.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ parent }) => {
	const { access } = await parent();
	if (!mayDo(access, 'catalogue')) error(403, { status: 403, message: 'catalogue', code: 'Shop_Unauthorized' });
};
