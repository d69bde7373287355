import { SHOW_ID } from '@kaishi/protocol/live';
import { shopAccountOf } from '@kaishi/protocol/shop';
import { error } from '@sveltejs/kit';
import { placeOf } from '#domain/live/room/clock-words.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const { live } = locals.reads;
	const show = SHOW_ID.test(params.show) ? await live.show(params.show) : null;
	if (!show) error(404, 'no such show');
	const account = locals.viewer?.address ?? null;
	const [reminded, mayCut, clips] = await Promise.all([
		account !== null && live.reminded(show.id, account),
		account !== null && live.mayHost(show.id, account),
		show.status === 'ended' ? live.clips(show.id) : [],
	]);
	return {
		show,
		reminded,
		mayCut,
		clips,
		till: shopAccountOf(BigInt(show.shop.id)),
		/** Where in the recording a link leads to. */
		startAtMs: placeOf(url.searchParams.get('t')),
	};
};
