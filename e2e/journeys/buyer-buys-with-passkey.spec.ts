import type { OrderView } from '@kaishi/protocol/order';
import { MarketClient } from '@kaishi/testkit';
import { expect, Taps, test } from '../src/journey.ts';
import { openStall } from '../src/stall.ts';
import { buyButton, fillAddress, payButton } from '../src/steps.ts';

const MOST_TAPS = 4;

test('a stranger buys in a few taps, with a passkey made in passing', async ({ market, extras, meet, words }) => {
	const stall = await openStall(extras);
	const { page, device } = await meet();
	const taps = new Taps();
	await page.goto(stall.productPath);
	await taps.on(buyButton(page, words));
	await fillAddress(page, words);
	await expect(payButton(page, words)).toBeEnabled();
	const started = performance.now();
	await taps.on(payButton(page, words));
	await expect(page.getByRole('status').getByText(words('order_paid_title'))).toBeVisible();
	const seconds = (performance.now() - started) / 1000;
	console.log(`from tap to paid: ${seconds.toFixed(2)} s in ${taps.count} taps (new passkey, account, test money, payment, order)`);

	const orderId = /0x[0-9a-f]{64}/.exec(page.url())?.[0] ?? '';
	expect(await device.count(), 'one passkey').toBe(1);
	const order = await new MarketClient(market.url).get<OrderView>(`/api/orders/${orderId}`);
	expect(order).toMatchObject({ state: 'placed', listing: { id: stall.listingId.toString() } });
	expect(order.delivery, 'strangers see no address').toBeNull();
	await expect(page.getByText('文三路 1 号'), 'the buyer does').toBeVisible();
	expect(taps.count).toBeLessThanOrEqual(MOST_TAPS);
});

test('the second purchase needs no address and no account again', async ({ extras, meet, words }) => {
	const { page, device } = await meet();
	for (const stall of [await openStall(extras), await openStall(extras)]) {
		await page.goto(stall.productPath);
		await buyButton(page, words).click();
		await page.waitForURL(/\/checkout/);
		if ((await device.count()) === 0) await fillAddress(page, words);
		const started = performance.now();
		await payButton(page, words).click();
		await page.waitForURL(/\/orders\/0x/);
		console.log(`purchase with ${await device.count()} passkey: ${((performance.now() - started) / 1000).toFixed(2)} s from tap to paid`);
	}
	expect(await device.count()).toBe(1);
	await page.goto('/orders');
	await expect(page.getByRole('article')).toHaveCount(2);
});

test('whoever thinks better of it has paid nothing', async ({ extras, meet, words }) => {
	const stall = await openStall(extras, { stock: 1 });
	const { page, device } = await meet();
	await device.refuse();
	await page.goto(stall.productPath);
	await buyButton(page, words).click();
	await fillAddress(page, words);
	await payButton(page, words).click();
	await expect(page.getByText(words('errors_Passkey_Cancelled'))).toBeVisible();
	await expect(payButton(page, words)).toBeEnabled();
	expect((await stall.seller.client.get<{ stock: number }>(`/api/listings/${stall.listingId}`)).stock).toBe(1);
});
