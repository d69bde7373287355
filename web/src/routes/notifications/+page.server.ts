import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url, setHeaders }) => {
	setHeaders({ 'cache-control': 'private, no-store' });
	if (!locals.viewer) return { notifications: null, shows: [] };
	const { address } = locals.viewer;
	const [notifications, shows] = await Promise.all([
		locals.reads.social.notifications(address, url.searchParams.get('cursor')),
		locals.reads.live.remindersOf(address),
	]);
	return { notifications, shows };
};
