import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url, setHeaders }) => {
	setHeaders({ 'cache-control': 'private, no-store' });
	if (!locals.viewer) return { notifications: null, shows: [], back: [] };
	const { address } = locals.viewer;
	const [notifications, shows, back] = await Promise.all([
		locals.reads.social.notifications(address, url.searchParams.get('cursor')),
		locals.reads.live.remindersOf(address),
		locals.reads.shop.backInStock(address),
	]);
	return { notifications, shows, back };
};
