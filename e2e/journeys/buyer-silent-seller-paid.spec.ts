import { openOrder, shippedOrder } from '../src/after-sales.ts';
import { expect, test } from '../src/journey.ts';
import { startOf } from '../src/steps.ts';

test('the buyer says nothing: it counts as delivered, and after the return window the seller is paid', async ({ extras, meet, words }) => {
	const { stall, orderId, view } = await shippedOrder(extras, meet, words);
	const { page } = await openOrder(meet, words, stall.seller, orderId);
	await expect(page.getByText(startOf(words('order_default_deliver_seller')))).toBeVisible();
	await extras.advance(stall.offer.terms.confirmBySeconds + 1);
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(words('order_hero_delivered_seller'));
	await extras.advance(stall.offer.terms.returnSeconds + 1);
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(words('order_hero_completed'));
	expect((await view()).payouts).toMatchObject([{ kind: 'seller' }]);
});
