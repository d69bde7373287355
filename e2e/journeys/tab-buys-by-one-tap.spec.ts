import { expect, test } from '../src/journey.ts';
import { openStall } from '../src/stall.ts';
import { agree, buy, buyButton, payButton, signIn } from '../src/steps.ts';

test('a buyer sets money aside for a shop with one gesture, buys with a tap and no passkey, and has the rest back', async ({ extras, meet, words }) => {
	const stall = await openStall(extras, { stock: 5 });
	const { page, device } = await meet();
	const buyer = await extras.passkeyUser();
	await device.hold(buyer);
	await signIn(page, words);
	await page.goto(`/s/${stall.slug}`);
	await page.getByRole('button', { name: words('tab_title') }).click();
	const sheet = page.getByRole('dialog');
	await sheet.locator('input[name=amount]').fill('60');
	await sheet.getByRole('button', { name: words('tab_confirm') }).click();
	await agree(page, words('tab_confirm'));
	await expect(page.getByText(words('tab_opened'))).toBeVisible();
	await page.goto('/account');
	await expect(page.getByText(words('tab_left'))).toBeVisible();
	await expect(page.getByText(words('tab_line_shop'))).toBeVisible();

	// From here on the passkey says no: whatever is bought is bought without it.
	await device.refuse();
	const orderId = await buy(page, words, stall.productPath);
	expect(orderId).toMatch(/^0x/);
	await page.goto('/account');
	await expect(page.getByText(words('tab_left'))).toBeVisible();

	// What is left does not cover the next one: the person is asked, and says no.
	await page.goto(`${stall.productPath}?quantity=2`);
	await buyButton(page, words).click();
	await page.waitForURL(/\/checkout/);
	await expect(payButton(page, words)).toBeVisible();

	// Given back: in ten minutes it is in the balance, without anybody doing anything more.
	await device.accept();
	await page.goto('/account');
	await page.getByRole('button', { name: words('tab_close') }).click();
	await agree(page, words('tab_close'));
	await expect(page.getByText(words('tab_back'))).toBeVisible();
	await extras.advance(601);
	await page.goto('/account');
	await expect(page.getByText(words('tab_none'))).toBeVisible();
	await expect(page.getByText(words('sell_ledger_givenBack'))).toBeVisible();
});
