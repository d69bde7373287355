import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => {
	const { viewer, reads } = locals;
	if (!viewer) return { bought: [], tips: [] };
	const [bought, tips] = await Promise.all([reads.channel.purchasesOf(viewer.address), reads.channel.salesOf(viewer.address)]);
	return { bought, tips };
};
