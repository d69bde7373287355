import { openOrder, request, shippedOrder, take } from '../src/after-sales.ts';
import { expect, test } from '../src/journey.ts';

test('a part of the money back: asked for, agreed to, divided at once', async ({ extras, meet, words }) => {
	const { stall, buyer, orderId, view } = await shippedOrder(extras, meet, words);
	await request(buyer.page, words, { remedy: 'order_request_refund', percent: 25, reason: '边角压坏了 One corner is dented' });
	const { page } = await openOrder(meet, words, stall.seller, orderId);
	await take(page, words, 'order_grant');
	await expect(buyer.page.getByRole('heading', { level: 1 })).toHaveText(words('order_hero_settled'));
	const ended = await view();
	expect(ended.payouts.find(({ kind }) => kind === 'buyer')?.amount).toBe((BigInt(ended.total.amount) / 4n).toString());
});
