import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url, setHeaders }) => {
	setHeaders({ 'cache-control': 'private, no-store' });
	const { viewer, reads } = locals;
	if (!viewer) return { conversations: null, opened: null };
	const id = url.searchParams.get('c');
	const [conversations, opened] = await Promise.all([
		reads.social.conversationsOfBuyer(viewer.address, { cursor: url.searchParams.get('cursor') }),
		id === null ? null : reads.social.conversation(id, viewer.address, {}),
	]);
	return { conversations, opened };
};
