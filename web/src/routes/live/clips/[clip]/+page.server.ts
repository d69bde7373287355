import { CLIP_ID } from '@kaishi/protocol/live';
import { error } from '@sveltejs/kit';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
	const { live } = locals.reads;
	const clip = CLIP_ID.test(params.clip) ? await live.clip(params.clip) : null;
	const show = clip && (await live.show(clip.show.id));
	if (!clip || !show) error(404, 'no such clip');
	return {
		clip,
		// Of a room it has nothing but goods: `show` is what makes a page one.
		of: show,
		others: (await live.clips(show.id)).filter(({ id }) => id !== clip.id),
		mayDelete: locals.viewer !== null && (await live.mayHost(show.id, locals.viewer.address)),
	};
};
