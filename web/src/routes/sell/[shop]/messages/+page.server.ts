import { error } from '@sveltejs/kit';
import { mayDo } from '#domain/shop/seller/access.ts';
import type { PageServerLoad } from './$types';

const shows = ['all', 'unread', 'mine'] as const;

export const load: PageServerLoad = async ({ locals, parent, url, setHeaders }) => {
	setHeaders({ 'cache-control': 'private, no-store' });
	const { shop, access } = await parent();
	const { viewer, reads } = locals;
	if (!viewer || !(mayDo(access, 'orders') || mayDo(access, 'live'))) error(403, { status: 403, message: 'Not your messages.', code: 'Shop_Unauthorized' });
	const show = shows.find((one) => one === url.searchParams.get('show')) ?? 'all';
	const id = url.searchParams.get('c');
	const [conversations, opened, responseTime] = await Promise.all([
		reads.social.conversationsOfShop(shop.id, viewer.address, { show, cursor: url.searchParams.get('cursor') }),
		id === null ? null : reads.social.conversation(id, viewer.address, {}),
		reads.social.responseTime(shop.id),
	]);
	return { conversations, opened, responseTime, show };
};
