import { error } from '@sveltejs/kit';
import { mayDo } from '#domain/shop/seller/access.ts';
import { orderFilterOf, orderFilters } from '#domain/shop/seller/order-filters.ts';
import type { PageServerLoad } from './$types';

const PAGE = 20;

export const load: PageServerLoad = async ({ locals, parent, url }) => {
	const { shop, access } = await parent();
	if (!mayDo(access, 'orders')) error(403, { status: 403, message: 'orders', code: 'Shop_Unauthorized' });
	const { order: reads, channel } = locals.reads;
	const show = orderFilterOf(url.searchParams.get('show'));
	const states = orderFilters[show];
	const [page, small] = await Promise.all([
		reads.ordersOfShop(shop.id, { cursor: url.searchParams.get('cursor'), limit: PAGE, ...(states && { states: [...states] }) }),
		show === 'all' ? channel.salesOfShop(shop.id) : [],
	]);
	if (show !== 'review') return { show, small, orders: page };
	const viewer = locals.viewer?.address ?? null;
	const views = await Promise.all(page.items.map((order) => reads.order(order.id, viewer)));
	return { show, small, orders: { ...page, items: page.items.filter((_, i) => views[i]?.nextActions.some((next) => next.action === 'review')) } };
};
