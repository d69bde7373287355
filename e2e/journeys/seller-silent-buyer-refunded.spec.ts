import { request, shippedOrder } from '../src/after-sales.ts';
import { expect, test } from '../src/journey.ts';
import { startOf } from '../src/steps.ts';

test('the seller says nothing to a request: after three days the buyer has the money by itself', async ({ extras, meet, words }) => {
	const { buyer, view } = await shippedOrder(extras, meet, words);
	await request(buyer.page, words, { remedy: 'order_request_refund', reason: '茶叶受潮了 The tea is damp' });
	await expect(buyer.page.getByText(startOf(words('order_default_grant'))), 'what happens by itself is said beforehand').toBeVisible();
	await extras.advance(3 * 86_400 + 1);
	await expect(buyer.page.getByRole('heading', { level: 1 })).toHaveText(words('order_hero_refunded'));
	expect((await view()).payouts).toMatchObject([{ kind: 'buyer' }]);
});
