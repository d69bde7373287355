import type { ShowCard } from '@kaishi/protocol/live';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
	const { live, social } = locals.reads;
	const [onAir, upcoming, replays, follows] = await Promise.all([
		live.shows({ status: 'live', limit: 24 }),
		live.shows({ status: 'upcoming', limit: 12 }),
		live.shows({ status: 'ended', replay: true, limit: 12, cursor: url.searchParams.get('cursor') }),
		locals.viewer ? social.follows(locals.viewer.address) : [],
	]);
	const followed = new Set(follows.map(({ id }) => id));
	const ownFirst = (shows: ShowCard[]) => shows.toSorted((a, b) => Number(followed.has(b.shop.id)) - Number(followed.has(a.shop.id)));
	return { onAir: ownFirst(onAir.items), upcoming: ownFirst(upcoming.items), replays, follows };
};
