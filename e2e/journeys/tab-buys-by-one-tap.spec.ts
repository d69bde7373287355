import { expect, test } from '../src/journey.ts';
import { openStall } from '../src/stall.ts';
import { agree, buy, buyButton, payButton, signIn } from '../src/steps.ts';

test('a buyer allows this device up to an amount with one gesture, then buys with a tap and no passkey, and ends it', async ({ extras, meet, words }) => {
	const stall = await openStall(extras, { stock: 5 });
	const { page, device } = await meet();
	const buyer = await extras.passkeyUser();
	await device.hold(buyer);
	await signIn(page, words);
	await page.goto('/account');
	await page.getByRole('button', { name: words('account_quick_open') }).click();
	const sheet = page.getByRole('dialog');
	await sheet.locator('input[name=limit]').fill('60');
	await sheet.getByRole('button', { name: words('account_quick_confirm') }).click();
	await agree(page, words('account_quick_confirm'));
	await expect(page.getByText(words('account_quick_opened'))).toBeVisible();
	await expect(page.getByText(words('account_quick_left'))).toBeVisible();

	// From here on the passkey says no: whatever is bought is bought without it.
	await device.refuse();
	const orderId = await buy(page, words, stall.productPath);
	expect(orderId).toMatch(/^0x/);
	await page.goto('/account');
	await expect(page.getByText(words('account_quick_left'))).toBeVisible();

	// What is left does not cover the next one: the person is asked, and says no.
	await page.goto(`${stall.productPath}?quantity=2`);
	await buyButton(page, words).click();
	await page.waitForURL(/\/checkout/);
	await expect(payButton(page, words)).toBeVisible();
});
