import { shopAccountOf } from '@kaishi/protocol/shop';
import { error } from '@sveltejs/kit';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, setHeaders }) => {
	if (!/^0x[0-9a-fA-F]{64}$/.test(params.id)) error(404, 'no such order');
	const [id, viewer] = [params.id.toLowerCase() as `0x${string}`, locals.viewer?.address ?? null];
	const [order, documents, receipt] = await Promise.all([
		locals.reads.order.order(id, viewer),
		locals.reads.invoice.documents(id, viewer),
		locals.reads.operator.receipt(id),
	]);
	if (!order) error(404, 'no such order');
	const { dispute } = locals.reads;
	// What is left in escrow is what a court would judge.
	const [view, quote, insured] = order.court
		? await Promise.all([dispute.caseOfOrder(id, viewer), dispute.quote(order.total.currency, BigInt(order.held.amount)), dispute.isInsured(id)])
		: [null, null, false];
	setHeaders({ 'cache-control': 'private, no-store' });
	const piece = receipt && { number: Number(receipt.receipt.piece) };
	return { order, court: { view, quote, insured }, documents, till: shopAccountOf(BigInt(order.shop.id)), piece };
};
