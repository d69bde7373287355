import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => {
	const [operators, catches] = await Promise.all([locals.reads.operator.operators(), locals.reads.operator.catches()]);
	return { operators, catches };
};
