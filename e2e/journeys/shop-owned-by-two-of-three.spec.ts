import { MarketClient, withdrawShop } from '@kaishi/testkit';
import { askToWithdraw, fill, signInWithWallet } from '../src/counter.ts';
import { installWallet } from '../src/injected-wallet.ts';
import { expect, test } from '../src/journey.ts';
import { openStall } from '../src/stall.ts';
import { agree, signIn, startOf } from '../src/steps.ts';

test('a shop of three people, two passkeys and a wallet: a withdrawal needs two of them, one alone cannot', async ({ market, extras, meet, words }) => {
	const stall = await openStall(extras);
	const token = await fill(stall, extras);
	const [ada, cy] = [await meet(), await meet()];
	const bo = await extras.passkeyUser();
	const { chainId, rpcUrl } = await new MarketClient(market.url).market();
	const wallet = await installWallet(cy.context, { chainId, rpcUrl });
	await ada.device.hold(stall.seller);
	await signIn(ada.page, words);

	await ada.page.goto(`/sell/${stall.slug}/settings`);
	await ada.page.getByRole('button', { name: words('sell_treasury_open') }).click();
	const sheet = ada.page.getByRole('dialog');
	const person = (n: number) => sheet.getByLabel(startOf(new RegExp(words('sell_treasury_person').source.replace(/\\\{number\\\}|\.\*\??/, String(n)))));
	await person(2).fill(bo.address);
	await sheet.getByRole('button', { name: words('sell_treasury_add') }).click();
	// Whoever is asked for an address may send a link.
	await person(3).fill(`${market.url}/account?of=${wallet.account.address}`);
	await sheet.getByRole('button', { name: words('sell_treasury_create') }).click();
	await agree(ada.page, words('sell_treasury_create'));
	await ada.page.waitForURL(/\/signing$/);
	await expect(ada.page.getByText(wallet.account.address)).toBeVisible();
	await expect(ada.page.getByText(bo.address)).toBeVisible();

	// Nobody takes anything alone any more, not even whoever owned the shop.
	await expect(withdrawShop(stall.seller, stall.shopId, token, 1n)).rejects.toMatchObject({ code: 'Treasury_Unauthorized' });
	await ada.page.goto(`/sell/${stall.slug}/money`);
	await askToWithdraw(ada.page, words, '12.5');
	await ada.page
		.getByRole('dialog')
		.getByRole('button', { name: words('sell_withdraw') })
		.click();
	await agree(ada.page, startOf(words('sell_withdraw_confirm')));
	await expect(ada.page.getByText(words('sell_round_opened'))).toBeVisible();
	await ada.page.goto(`/sell/${stall.slug}/signing`);
	await expect(ada.page.getByText(words('sell_round_you_signed'))).toBeVisible();
	await expect(ada.page.getByText(/12\.50/).first()).toBeVisible();

	await signInWithWallet(cy.page, words);
	await expect(cy.page.getByRole('link', { name: stall.slug })).toBeVisible();
	await cy.page.goto(`/sell/${stall.slug}/signing`);
	await expect(cy.page.getByText(/12\.50/).first()).toBeVisible();
	await cy.page.getByRole('button', { name: words('sell_round_sign_last') }).click();
	await expect(cy.page.getByRole('dialog').getByText(/12\.50/)).toBeVisible();
	await agree(cy.page, words('sell_round_sign_last'));
	await expect(cy.page.getByText(words('sell_round_done_toast'))).toBeVisible();
	expect(wallet.asked, 'the wallet pays no gas').not.toContain('eth_sendTransaction');
	await ada.page.reload();
	await expect(ada.page.getByText(words('sell_round_state_done')).first()).toBeVisible();
	const till = `0x${stall.shopId.toString(16).padStart(40, '0')}`;
	expect(await stall.seller.client.get(`/api/accounts/${till}/balances`)).toEqual([{ currency: token, amount: '7500000' }]);
});
