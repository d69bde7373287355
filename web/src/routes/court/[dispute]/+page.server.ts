import { error } from '@sveltejs/kit';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, setHeaders }) => {
	const { reads, viewer } = locals;
	const view = await reads.dispute.case(params.dispute, viewer?.address ?? null);
	if (!view) error(404, 'no such case');
	const [order, overview] = await Promise.all([reads.order.order(view.orderId, viewer?.address ?? null), reads.dispute.overview()]);
	if (!order) error(404, 'no such order');
	setHeaders({ 'cache-control': 'private, no-store' });
	return { view, order, penalty: overview.penalty };
};
