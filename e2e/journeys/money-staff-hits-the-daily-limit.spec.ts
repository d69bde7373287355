import { askToWithdraw, fill } from '../src/counter.ts';
import { expect, test } from '../src/journey.ts';
import { openStall } from '../src/stall.ts';
import { agree, signIn, startOf } from '../src/steps.ts';

test('money staff withdraw up to their daily limit, see nothing else, and wait for the next day', async ({ extras, meet, words }) => {
	const stall = await openStall(extras);
	await fill(stall, extras);
	const [owner, staff] = [await meet(), await meet()];
	const cashier = await extras.passkeyUser();
	await owner.device.hold(stall.seller);
	await signIn(owner.page, words);
	await owner.page.goto(`/sell/${stall.slug}/settings`);
	const form = owner.page.locator('form').filter({ has: owner.page.getByRole('button', { name: words('sell_staff_add') }) });
	await form.getByLabel(startOf(words('sell_staff_address'))).fill(cashier.address);
	await form.getByLabel(startOf(words('sell_role_money'))).check();
	await form.getByLabel('tUSD').fill('8');
	await form.getByRole('button', { name: words('sell_staff_add') }).click();
	await agree(owner.page, words('sell_staff_save'));
	await expect(owner.page.getByText(words('sell_staff_saved'))).toBeVisible();

	const { page } = staff;
	await staff.device.hold(cashier);
	await signIn(page, words);
	await page.goto(`/sell/${stall.slug}/money`);
	for (const hidden of ['sell_nav_orders', 'sell_nav_products', 'sell_nav_settings'])
		await expect(page.getByRole('link', { name: words(hidden) })).toBeHidden();
	await expect(page.getByRole('button', { name: words('sell_guard_set') })).toBeHidden();
	await askToWithdraw(page, words, '9');
	const sheet = page.getByRole('dialog');
	await expect(sheet.getByText(startOf(words('sell_withdraw_over')))).toBeVisible();
	await expect(sheet.getByRole('button', { name: words('sell_withdraw') })).toBeDisabled();
	await sheet.locator('input[name=amount]').fill('5');
	await sheet.getByRole('button', { name: words('sell_withdraw') }).click();
	await agree(page, startOf(words('sell_withdraw_confirm')));
	await expect(page.getByText(startOf(words('sell_withdraw_done')))).toBeVisible();

	await askToWithdraw(page, words, '4');
	await expect(sheet.getByText(startOf(words('sell_withdraw_over')))).toBeVisible();
	await extras.advance(86_400);
	await page.goto(`/sell/${stall.slug}/money`);
	await askToWithdraw(page, words, '8');
	await sheet.getByRole('button', { name: words('sell_withdraw') }).click();
	await agree(page, startOf(words('sell_withdraw_confirm')));
	await expect(page.getByText(startOf(words('sell_withdraw_done')))).toBeVisible();
});
