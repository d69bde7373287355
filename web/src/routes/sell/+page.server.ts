import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => ({
	shops: locals.viewer ? await locals.reads.shop.shopsOf(locals.viewer.address) : [],
});
