import { mayDo } from '#domain/shop/seller/access.ts';
import type { PageServerLoad } from './$types';

/** On air, or the next one. */
async function nextShow(live: App.Locals['reads']['live'], shopId: string) {
	const [now, coming] = await Promise.all([live.shows({ status: 'live', shopId, limit: 1 }), live.shows({ status: 'upcoming', shopId, limit: 1 })]);
	return now.items[0] ?? coming.items[0] ?? null;
}

export const load: PageServerLoad = async ({ locals, parent }) => {
	const { shop, access } = await parent();
	return { figures: await locals.reads.order.shopFigures(shop.id), show: mayDo(access, 'live') ? await nextShow(locals.reads.live, shop.id) : null };
};
