import { confirm } from '@kaishi/testkit';
import { openOrder, request, shippedOrder, take } from '../src/after-sales.ts';
import { expect, test } from '../src/journey.ts';
import { drawPng } from '../src/stall.ts';

test('a warranty claim: a reason and a picture for the seller, and the reserve pays', async ({ extras, meet, words }) => {
	const { stall, buyer, user, order, orderId, view } = await shippedOrder(extras, meet, words, { warrantySeconds: 365 * 86_400, warrantyBps: 1000 });
	await confirm(user, order);
	await expect(buyer.page.getByRole('heading', { level: 1 })).toHaveText(words('order_hero_warranty'));
	await request(buyer.page, words, { button: 'order_claim', remedy: 'order_request_refund', reason: '盖子裂了 The lid cracked', picture: drawPng(320, 240) });

	const { page } = await openOrder(meet, words, stall.seller, orderId);
	const story = page.getByTestId('after-sales');
	await expect(story.getByText('盖子裂了 The lid cracked')).toBeVisible();
	await expect(story.getByAltText(words('order_reason_picture'))).toHaveJSProperty('complete', true);
	await take(page, words, 'order_grant');
	await expect(page.getByText(words('order_granted'))).toBeVisible();
	const ended = await view();
	expect(ended.state).toBe('refunded');
	expect(ended.payouts.find(({ kind }) => kind === 'buyer')?.amount).toBe((BigInt(ended.total.amount) / 10n).toString());

	const stranger = await meet();
	await stranger.page.goto(`/orders/${orderId}`);
	await expect(stranger.page.getByText('盖子裂了'), 'strangers read no reasons').toHaveCount(0);
});
