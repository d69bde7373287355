import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, parent }) => {
	const { shop } = await parent();
	return { figures: await locals.reads.order.shopFigures(shop.id) };
};
