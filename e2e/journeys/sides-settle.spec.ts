import type { Page } from '@playwright/test';
import { openOrder, shippedOrder } from '../src/after-sales.ts';
import { expect, test } from '../src/journey.ts';
import { agree } from '../src/steps.ts';

test('the sides settle without a judge: an offer, a counter-offer, accepted with one signature', async ({ extras, meet, words }) => {
	const { stall, buyer, orderId, view } = await shippedOrder(extras, meet, words);
	const offer = async (page: Page, percent: number) => {
		await page
			.getByRole('main')
			.getByRole('button', { name: words('order_offer') })
			.click();
		await page.getByRole('dialog').getByRole('slider').fill(String(percent));
		await page
			.getByRole('dialog')
			.getByRole('button', { name: words('order_next') })
			.click();
		await agree(page, words('order_offer_sign'));
		await expect(page.getByTestId('own-offer')).toBeVisible();
	};
	const seller = await openOrder(meet, words, stall.seller, orderId);
	await offer(seller.page, 10);
	await expect(buyer.page.getByTestId('their-offer'), 'the other side sees it without reloading').toBeVisible();
	await offer(buyer.page, 40);
	const theirs = seller.page.getByTestId('their-offer');
	await expect(theirs).toBeVisible();
	await theirs.getByRole('button', { name: words('order_offer_accept') }).click();
	await agree(seller.page, words('order_offer_accept'));
	await expect(buyer.page.getByRole('heading', { level: 1 })).toHaveText(words('order_hero_settled'));
	const ended = await view();
	expect(ended.payouts.find(({ kind }) => kind === 'buyer')?.amount).toBe(((BigInt(ended.total.amount) * 4n) / 10n).toString());
});
