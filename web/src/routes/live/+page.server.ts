import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
	const { live } = locals.reads;
	const [onAir, upcoming, replays] = await Promise.all([
		live.shows({ status: 'live', limit: 24 }),
		live.shows({ status: 'upcoming', limit: 12 }),
		live.shows({ status: 'ended', replay: true, limit: 12, cursor: url.searchParams.get('cursor') }),
	]);
	return { onAir: onAir.items, upcoming: upcoming.items, replays };
};
