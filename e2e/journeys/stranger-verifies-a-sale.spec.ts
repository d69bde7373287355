import { buy, confirm, ship } from '@kaishi/testkit';
import { expect, test } from '../src/journey.ts';
import { openStall } from '../src/stall.ts';

test('a stranger finds a sale in the explorer and checks every step of it against the chain', async ({ extras, meet, words }) => {
	const stall = await openStall(extras);
	const buyer = await extras.walletUser();
	const { order, orderId } = await buy(buyer, stall.offer);
	await ship(stall.seller, order);
	await confirm(buyer, order);

	const { page } = await meet();
	await page.goto('/explorer');
	await expect(page.getByRole('main'), 'trades are told without their people').not.toContainText(buyer.address.slice(0, 8));
	await page.getByLabel(words('explorer_search')).fill(orderId);
	await page.getByLabel(words('explorer_search')).press('Enter');
	await page.waitForURL(new RegExp(`/explorer/orders/${orderId}`));
	await page.getByRole('button', { name: words('explorer_check_start') }).click();
	await expect(page.getByRole('status').getByText(words('explorer_check_all_good'))).toBeVisible();
});

test('a lie of the operator is found out', async ({ extras, meet, words }) => {
	const stall = await openStall(extras);
	const { orderId } = await buy(await extras.walletUser(), stall.offer);
	const { page } = await meet();
	// the page says what the operator says; the chain behind /rpc says that another log was there
	await page.route('**/rpc', async (route) => {
		const response = await route.fetch();
		const text = (await response.text()).replaceAll(/"data":"0x([0-9a-f]{8})/g, '"data":"0xdeadbeef');
		await route.fulfill({ response, body: text });
	});
	await page.goto(`/explorer/orders/${orderId}`);
	await page.getByRole('button', { name: words('explorer_check_start') }).click();
	await expect(page.getByRole('status').getByText(words('explorer_check_bad'))).toBeVisible();
});
