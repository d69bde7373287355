import { error } from '@sveltejs/kit';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
	const id = params.id.toLowerCase();
	const proof = /^0x[0-9a-f]{64}$/.test(id) ? await locals.reads.discovery.orderProof(id as `0x${string}`) : null;
	if (!proof) error(404, { status: 404, message: 'No such order.', code: 'Order_Unknown' });
	return { proof };
};
