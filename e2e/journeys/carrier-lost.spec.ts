import { request, shippedOrder, take } from '../src/after-sales.ts';
import { expect, test } from '../src/journey.ts';
import { signIn } from '../src/steps.ts';

test('the carrier loses the parcel: the buyer says so, the seller finds it among what is to do and gives the money back', async ({ extras, meet, words }) => {
	const { stall, buyer, orderId, view } = await shippedOrder(extras, meet, words);
	await request(buyer.page, words, { remedy: 'order_request_refund', reason: '快递丢件 It never arrived' });

	const seller = await meet();
	await seller.device.hold(stall.seller);
	await signIn(seller.page, words);
	await seller.page.goto(`/sell/${stall.slug}`);
	await seller.page.locator('a[href$="show=requested"]').first().click();
	await seller.page.locator(`a[href="/orders/${orderId}"]`).first().click();
	await take(seller.page, words, 'order_grant');
	await expect(buyer.page.getByRole('heading', { level: 1 })).toHaveText(words('order_hero_refunded'));
	expect(BigInt((await view()).payouts[0]?.amount ?? 0)).toBe(BigInt((await view()).total.amount));
});
