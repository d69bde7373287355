import { SHOW_ID } from '@kaishi/protocol/live';
import { shopAccountOf } from '@kaishi/protocol/shop';
import { error } from '@sveltejs/kit';
import { placeOf } from '#domain/live/room/clock-words.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const { live } = locals.reads;
	const show = SHOW_ID.test(params.show) ? await live.show(params.show) : null;
	if (!show) error(404, 'no such show');
	return {
		show,
		reminded: locals.viewer !== null && (await live.reminded(show.id, locals.viewer.address)),
		till: shopAccountOf(BigInt(show.shop.id)),
		/** Where in the recording a link leads to. */
		startAtMs: placeOf(url.searchParams.get('t')),
	};
};
