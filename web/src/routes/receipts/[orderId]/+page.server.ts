import { error } from '@sveltejs/kit';
import type { PageServerLoad } from './$types';

/** No receipt here is no error: the device, or a file, may hold what this market does not show. */
export const load: PageServerLoad = async ({ locals, params, setHeaders }) => {
	if (!/^0x[0-9a-fA-F]{64}$/.test(params.orderId)) error(404, 'no such order');
	const orderId = params.orderId.toLowerCase() as `0x${string}`;
	const { operator, order } = locals.reads;
	const [receipt, compensation, placed] = await Promise.all([operator.receipt(orderId), operator.compensationOf(orderId), order.order(orderId, null)]);
	setHeaders({ 'cache-control': 'private, no-store' });
	return { orderId, receipt, compensation, placed: placed !== null };
};
