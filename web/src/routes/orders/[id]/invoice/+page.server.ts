import { error } from '@sveltejs/kit';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, setHeaders }) => {
	if (!/^0x[0-9a-fA-F]{64}$/.test(params.id)) error(404, 'no such order');
	const documents = await locals.reads.invoice.documents(params.id.toLowerCase() as `0x${string}`, locals.viewer?.address ?? null);
	if (!documents) error(404, 'no such order');
	setHeaders({ 'cache-control': 'private, no-store' });
	return { documents };
};
