import { SHOW_ID } from '@kaishi/protocol/live';
import { error } from '@sveltejs/kit';
import { mayDo } from '#domain/shop/seller/access.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, parent }) => {
	const { shop, access } = await parent();
	if (!mayDo(access, 'live')) error(403, { status: 403, message: 'live', code: 'Shop_Unauthorized' });
	const show = SHOW_ID.test(params.show) ? await locals.reads.live.show(params.show) : null;
	if (!show || show.shop.id !== shop.id) error(404, { status: 404, message: 'No such show.', code: 'Live_UnknownShow' });
	return { show };
};
