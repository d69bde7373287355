import { SHOW_ID } from '@kaishi/protocol/live';
import { error } from '@sveltejs/kit';
import { mayDo } from '#domain/shop/seller/access.ts';
import type { PageServerLoad } from './$types';

const MOST_PRODUCTS = 60;

export const load: PageServerLoad = async ({ locals, params, parent }) => {
	const { shop, access } = await parent();
	const { reads, viewer } = locals;
	const known = SHOW_ID.test(params.show);
	const hosts = mayDo(access, 'live') || (known && viewer !== null && (await reads.live.mayHost(params.show, viewer.address)));
	if (!viewer || !hosts) error(403, { status: 403, message: 'live', code: 'Shop_Unauthorized' });
	const desk = known ? await reads.live.desk(params.show, viewer.address) : null;
	if (!desk || desk.show.shop.id !== shop.id) error(404, { status: 404, message: 'No such show.', code: 'Live_UnknownShow' });
	const over = desk.show.status === 'ended';
	const [figures, report, products] = await Promise.all([
		reads.live.figures(params.show, viewer.address),
		over ? reads.live.report(params.show, viewer.address) : null,
		over ? [] : reads.shop.listings({ shopId: shop.id, limit: MOST_PRODUCTS }).then(({ items }) => items),
	]);
	return { desk, figures, report, products, viewer };
};
