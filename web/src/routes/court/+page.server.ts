import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => {
	const { reads, viewer } = locals;
	const [overview, desk] = await Promise.all([reads.dispute.overview(), viewer ? reads.dispute.desk(viewer.address) : null]);
	return { overview, desk };
};
