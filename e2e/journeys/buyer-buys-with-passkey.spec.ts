import type { OrderView } from '@kaishi/protocol/order';
import { MarketClient } from '@kaishi/testkit';
import { fillAddress, startOf } from '../src/fill-address.ts';
import { expect, Taps, test } from '../src/journey.ts';
import { openStall } from '../src/stall.ts';

const MOST_TAPS = 4;
/** Generous: two cores carry browser, market and database at once. The figure itself is printed. */
const MOST_SECONDS = 3;

test('a stranger buys in a few taps, with a passkey made in passing', async ({ market, extras, meet, words }) => {
	const stall = await openStall(extras);
	const { page, device } = await meet();
	const taps = new Taps();
	await page.goto(stall.productPath);
	await taps.on(
		page
			.getByRole('link', { name: words('shop_buy_now') })
			.or(page.getByRole('link', { name: startOf(words('shop_buy')) }))
			.filter({ visible: true }),
	);
	await fillAddress(page, words);
	const pay = page.getByRole('button', { name: startOf(words('order_pay')) });
	await expect(pay).toBeEnabled();
	const started = performance.now();
	await taps.on(pay);
	await page.waitForURL(/\/orders\/0x[0-9a-f]{64}/);
	const seconds = (performance.now() - started) / 1000;
	console.log(`from tap to paid: ${seconds.toFixed(2)} s in ${taps.count} taps (new account, account on the chain, money, order)`);

	const orderId = /0x[0-9a-f]{64}/.exec(page.url())?.[0] ?? '';
	expect(await device.count(), 'one passkey').toBe(1);
	const order = await new MarketClient(market.url).get<OrderView>(`/api/orders/${orderId}`);
	expect(order).toMatchObject({ state: 'placed', listing: { id: stall.listingId.toString() } });
	expect(order.delivery, 'strangers see no address').toBeNull();
	await expect(page.getByText('文三路 1 号'), 'the buyer does').toBeVisible();
	expect(taps.count).toBeLessThanOrEqual(MOST_TAPS);
	expect(seconds).toBeLessThan(MOST_SECONDS);
});

test('the second purchase needs no address and no account again', async ({ extras, meet, words }) => {
	const [first, second] = [await openStall(extras), await openStall(extras)];
	const { page, device } = await meet();
	for (const stall of [first, second]) {
		await page.goto(stall.productPath);
		await page
			.getByRole('link', { name: words('shop_buy_now') })
			.or(page.getByRole('link', { name: startOf(words('shop_buy')) }))
			.filter({ visible: true })
			.click();
		if (stall === first) await fillAddress(page, words);
		const pay = page.getByRole('button', { name: startOf(words('order_pay')) });
		const started = performance.now();
		await pay.click();
		await page.waitForURL(/\/orders\/0x/);
		console.log(`${stall === first ? 'first' : 'second'} purchase: ${((performance.now() - started) / 1000).toFixed(2)} s from tap to paid`);
	}
	expect(await device.count()).toBe(1);
	await page.goto('/orders');
	await expect(page.getByRole('article')).toHaveCount(2);
});
