import type { OrderState } from '@kaishi/protocol/order';
import type { PageServerLoad } from './$types';

const views: Record<string, OrderState[] | undefined> = {
	all: undefined,
	open: ['placed', 'shipped', 'delivered'],
	returns: ['requested', 'returning', 'returned', 'replacing', 'contested', 'disputed'],
	warranty: ['warranty'],
	done: ['completed', 'refunded', 'ruled', 'settled'],
};

export const load: PageServerLoad = async ({ locals, url }) => {
	const view = Object.keys(views).find((name) => name === url.searchParams.get('view')) ?? 'all';
	if (!locals.viewer) return { view, orders: null, cases: [] };
	const [orders, cases] = await Promise.all([
		locals.reads.order.ordersOfBuyer(locals.viewer.address, { states: views[view], cursor: url.searchParams.get('cursor'), limit: 20 }),
		locals.reads.order.disputesOf(locals.viewer.address),
	]);
	return { view, orders, cases };
};
