import type { OrderView } from '@kaishi/protocol/order';
import { MarketClient } from '@kaishi/testkit';
import { installWallet } from '../src/injected-wallet.ts';
import { expect, test } from '../src/journey.ts';
import { openStall } from '../src/stall.ts';
import { buyButton, fillAddress, payButton } from '../src/steps.ts';

test('an external wallet is an equal citizen: found, signed in with, pays with one signature, confirms', async ({ market, extras, meet, words }) => {
	const stall = await openStall(extras);
	const { page, context, device } = await meet();
	const { chainId, rpcUrl } = await new MarketClient(market.url).market();
	const wallet = await installWallet(context, { chainId, rpcUrl });
	await new MarketClient(market.url).post('/api/faucet', { account: wallet.account.address });

	await page.goto('/sell');
	await page
		.getByRole('banner')
		.getByRole('button', { name: words('platform_sign_in') })
		.click();
	await page.getByRole('dialog').getByRole('button', { name: 'Journey Wallet' }).click();
	await expect(
		page
			.getByRole('link', { name: words('platform_account') })
			.filter({ visible: true })
			.first(),
	).toBeVisible();
	expect(wallet.asked).toContain('personal_sign');

	await page.goto(stall.productPath);
	await buyButton(page, words).click();
	await fillAddress(page, words);
	wallet.asked.length = 0;
	await payButton(page, words).click();
	await page.waitForURL(/\/orders\/0x[0-9a-f]{64}/);
	expect(
		wallet.asked.filter((method) => method === 'eth_signTypedData_v4'),
		'one signature pays and places',
	).toHaveLength(1);
	expect(wallet.asked).not.toContain('eth_sendTransaction');

	const orderId = /0x[0-9a-f]{64}/.exec(page.url())?.[0] ?? '';
	await page.getByRole('button', { name: words('order_confirm') }).click();
	await page
		.getByRole('dialog')
		.getByRole('button', { name: words('order_confirm') })
		.click();
	await expect(page.getByText(words('order_confirmed'))).toBeVisible();
	const order = await new MarketClient(market.url).get<OrderView>(`/api/orders/${orderId}`);
	expect(order).toMatchObject({ state: 'completed', buyer: wallet.account.address });
	expect(await device.count(), 'no passkey was made').toBe(0);
});
