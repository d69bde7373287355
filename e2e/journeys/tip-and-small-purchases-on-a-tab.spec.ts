import { shopAccountOf } from '@kaishi/protocol/shop';
import type { TabPurchaseView } from '@kaishi/protocol/tab';
import { ordinaryContent, ordinaryTerms, publishListing } from '@kaishi/testkit';
import { expect, test } from '../src/journey.ts';
import { openStall } from '../src/stall.ts';
import { agree, buyButton, payButton, signIn } from '../src/steps.ts';

const AT_ONCE = { unitPrice: 2_000_000n, shippingPrice: 0n, shipBySeconds: 0, cancelSeconds: 0, returnSeconds: 0 };

test('a buyer sets money aside once, tips with a tap, has a song at once, one given back, and the rest returned on the spot', async ({
	extras,
	meet,
	words,
}) => {
	const stall = await openStall(extras);
	const terms = await ordinaryTerms(stall.seller, AT_ONCE);
	const songContent = { ...ordinaryContent, title: { en: 'A song of the lane', 'zh-CN': '巷子里的歌' }, kind: 'digital' as const };
	const listingId = await publishListing(stall.seller, { shopId: stall.shopId, content: songContent, terms: [terms], stocks: [null] });
	await stall.seller.client.fetch(`/api/listings/${listingId}/download?name=song.txt`, { method: 'PUT', body: 'la la la' });
	const { page, device } = await meet();
	const buyer = await extras.passkeyUser();
	await device.hold(buyer);
	await signIn(page, words);

	// The first tip finds nothing set aside, and says how to.
	await page.goto(`/s/${stall.slug}`);
	const tipButton = page.getByRole('main').getByRole('button', { name: words('tab_tip') });
	await tipButton.click();
	await page
		.getByRole('dialog')
		.getByRole('button', { name: words('tab_open') })
		.click();
	await page.locator('input[name=amount]').fill('60');
	await page.getByRole('button', { name: words('tab_confirm') }).click();
	await agree(page, words('tab_confirm'));
	await expect(page.getByText(words('tab_opened'))).toBeVisible();

	// From here on the passkey says no: whatever is paid is paid without it.
	await device.refuse();
	await page.locator('input[type=radio][value="2"]').check({ force: true });
	await page.locator('input[name=note]').fill('好茶！');
	await page.getByRole('button', { name: words('tab_tip_send') }).click();
	await expect(page.getByText(words('tab_tip_sent'))).toBeVisible();

	// A small digital thing is bought with the same money, and handed over at once.
	for (let i = 0; i < 2; i++) {
		await page.goto(`/p/${listingId}`);
		await buyButton(page, words).click();
		await page.waitForURL(/\/checkout/);
		await payButton(page, words).click();
		await page.waitForURL(/\/account\/tabs\?bought=0x/);
		await expect(page.getByText(words('tab_bought_now'))).toBeVisible();
	}
	const bought = /0x[0-9a-f]{64}/.exec(page.url())?.[0] ?? '';
	const file = page.waitForEvent('download');
	await page
		.getByRole('status')
		.getByRole('link', { name: words('tab_download') })
		.click();
	expect((await file).suggestedFilename()).toBe('song.txt');
	await expect(page.getByText('好茶！')).toBeVisible();

	// The seller sees it at once, and gives one back; the buyer's page takes it off by itself.
	const sales = await stall.seller.client.get<TabPurchaseView[]>(`/api/tabs/purchases?role=shop&shopId=${stall.shopId}`);
	expect(sales).toHaveLength(3);
	await stall.seller.client.post(`/api/tabs/purchases/${bought}/give-back`);
	await page.goto('/account/tabs');
	await expect(page.getByText(words('tab_status_refunded'))).toBeVisible();

	// Settled on the spot: the shop has its money, the buyer the rest.
	await page.getByRole('button', { name: words('tab_settle') }).click();
	await expect(page.getByText(words('tab_settled'))).toBeVisible();
	await extras.advance(1);
	await page.goto('/account/tabs');
	await expect(page.getByText(words('tab_status_paid'))).toHaveCount(2);
	const balance = async (account: string) => {
		const balances = await stall.seller.client.get<{ currency: string; amount: string }[]>(`/api/accounts/${account}/balances`);
		return balances.find(({ currency }) => currency === terms.currency)?.amount;
	};
	expect(await balance(shopAccountOf(stall.shopId))).toBe('4000000');
	expect(await balance(buyer.address)).toBe('56000000');
});
