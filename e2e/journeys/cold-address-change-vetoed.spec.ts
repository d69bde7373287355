import { MarketClient, setGuard } from '@kaishi/testkit';
import { fill, signInWithWallet } from '../src/counter.ts';
import { installWallet } from '../src/injected-wallet.ts';
import { expect, test } from '../src/journey.ts';
import { openStall } from '../src/stall.ts';
import { agree, signIn, startOf } from '../src/steps.ts';

const HOURS = 3600;

test('a shop’s money is protected by a cold address; a change by a stolen key is vetoed by it within 48 hours', async ({ market, extras, meet, words }) => {
	const stall = await openStall(extras);
	const token = await fill(stall, extras);
	const [owner, guardian] = [await meet(), await meet()];
	const { chainId, rpcUrl } = await new MarketClient(market.url).market();
	const cold = await installWallet(guardian.context, { chainId, rpcUrl });
	await owner.device.hold(stall.seller);
	await signIn(owner.page, words);
	await owner.page.goto(`/sell/${stall.slug}/money`);
	await owner.page.getByRole('button', { name: words('sell_guard_set') }).click();
	const sheet = owner.page.getByRole('dialog');
	await sheet.getByLabel(startOf(words('sell_guard_cold'))).fill(cold.account.address);
	await sheet.getByLabel('tUSD').fill('5');
	await sheet.getByRole('button', { name: words('sell_guard_set') }).click();
	await agree(owner.page, words('sell_guard_set'));
	await expect(owner.page.getByText(words('sell_guard_saved'))).toBeVisible();
	await expect(owner.page.getByText(words('sell_guard_on'))).toBeVisible();
	// What is above the cap leaves by itself.
	await extras.advance(2);
	const till = `0x${stall.shopId.toString(16).padStart(40, '0')}`;
	expect(await stall.seller.client.get(`/api/accounts/${till}/balances`)).toEqual([{ currency: token, amount: '5000000' }]);

	// Somebody has the owner's key.
	const thief = await extras.walletUser();
	await setGuard(stall.seller, stall.shopId, thief.address, [{ token, amount: 1n }]);
	await signInWithWallet(guardian.page, words);
	await guardian.page.goto(`/sell/${stall.slug}/money`);
	await expect(guardian.page.getByText(words('sell_guard_pending'))).toBeVisible();
	await expect(guardian.page.getByText(new RegExp(thief.address))).toBeVisible();
	await guardian.page.getByRole('button', { name: words('sell_guard_veto') }).click();
	await agree(guardian.page, words('sell_guard_veto'));
	await expect(guardian.page.getByText(words('sell_guard_vetoed'))).toBeVisible();
	expect(cold.asked, 'a veto costs no gas').not.toContain('eth_sendTransaction');

	await extras.advance(49 * HOURS);
	await owner.page.reload();
	await expect(owner.page.getByText(cold.account.address)).toBeVisible();
	await expect(owner.page.getByText(words('sell_guard_pending'))).toBeHidden();
});
