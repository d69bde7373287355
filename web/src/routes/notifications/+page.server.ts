import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url, setHeaders }) => {
	setHeaders({ 'cache-control': 'private, no-store' });
	if (!locals.viewer) return { notifications: null };
	return { notifications: await locals.reads.social.notifications(locals.viewer.address, url.searchParams.get('cursor')) };
};
