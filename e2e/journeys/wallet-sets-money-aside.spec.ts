import { MarketClient } from '@kaishi/testkit';
import { installWallet } from '../src/injected-wallet.ts';
import { expect, test } from '../src/journey.ts';
import { openStall } from '../src/stall.ts';
import { agree, buy, startOf } from '../src/steps.ts';

test('a wallet sets its own money aside by signatures, sends nothing itself, and then buys without a question', async ({ market, extras, meet, words }) => {
	const stall = await openStall(extras, { stock: 5 });
	const { page, context } = await meet();
	const client = new MarketClient(market.url);
	const { chainId, rpcUrl } = await client.market();
	const wallet = await installWallet(context, { chainId, rpcUrl });
	await client.post('/api/faucet', { account: wallet.account.address });
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

	await page.goto(`/s/${stall.slug}`);
	await page.getByRole('button', { name: words('tab_title') }).click();
	const sheet = page.getByRole('dialog');
	await sheet.locator('input[name=amount]').fill('60');
	await sheet.getByRole('button', { name: words('tab_confirm') }).click();
	wallet.asked.length = 0;
	await agree(page, words('tab_confirm'));
	await expect(page.getByText(words('tab_opened'))).toBeVisible();
	expect(wallet.asked).not.toContain('eth_sendTransaction');

	wallet.asked.length = 0;
	await buy(page, words, stall.productPath);
	expect(
		wallet.asked.filter((method) => /sign|send/i.test(method)),
		'nothing was asked of the person',
	).toEqual([]);
	await page.goto('/account');
	await expect(page.getByText(startOf(words('tab_left')))).toBeVisible();
});
