import type { AccountView } from '@kaishi/protocol/account';
import { expect, test } from '../src/journey.ts';
import { openStall } from '../src/stall.ts';
import { agree, signIn } from '../src/steps.ts';

test('a guardian who wants the shop for himself is seen on every page, and stopped', async ({ extras, meet, words }) => {
	const stall = await openStall(extras);
	const [owner, thief] = [await meet(), await meet()];
	const guardian = await extras.passkeyUser();
	await owner.device.hold(stall.seller);
	await signIn(owner.page, words);
	await owner.page.goto('/account');
	await owner.page.getByRole('button', { name: words('recovery_friends_choose') }).click();
	const sheet = owner.page.getByRole('dialog');
	await sheet.getByLabel(words('recovery_friends_add')).fill(stall.seller.address);
	await sheet.getByRole('button', { name: words('recovery_friends_add_button') }).click();
	await expect(sheet.getByText(words('recovery_friends_self'))).toBeVisible();
	await sheet.getByLabel(words('recovery_friends_add')).fill(guardian.address);
	await sheet.getByRole('button', { name: words('recovery_friends_add_button') }).click();
	await sheet.getByRole('button', { name: words('recovery_friends_keep') }).click();
	await agree(owner.page, words('recovery_save_confirm'));
	await expect(owner.page.getByText(words('recovery_friends_saved'))).toBeVisible();
	await owner.page.goto(`/s/${stall.slug}`);

	await thief.device.hold(guardian);
	await signIn(thief.page, words);
	await thief.page.goto(`/recover?q=${stall.slug}`);
	await thief.page.getByLabel(words('recovery_device_name')).fill('Not yours');
	await thief.page.getByRole('button', { name: words('recovery_make_key') }).click();
	const link = (await thief.page.getByText(/\/recover\/help\?/).textContent()) ?? '';
	const number = await thief.page.getByText(/^\d{3} \d{3}$/).textContent();
	await thief.page.goto(link.replace(guardian.client.origin, ''));
	await expect(thief.page.getByText(number ?? '-'), 'the guardian compares numbers').toBeVisible();
	await expect(thief.page.getByText(stall.seller.address)).toBeVisible();
	await thief.page
		.getByRole('main')
		.getByRole('button', { name: words('recovery_help_approve') })
		.click();
	await agree(thief.page, words('recovery_help_approve'));
	await expect(thief.page.getByText(words('recovery_help_enough'))).toBeVisible();

	const alarm = owner.page.getByRole('region', { name: words('recovery_alarm_label') });
	await expect(alarm, 'on whatever page the owner is').toBeVisible();
	await alarm.getByRole('button', { name: words('recovery_veto') }).click();
	await agree(owner.page, words('recovery_veto'));
	await expect(owner.page.getByText(words('recovery_vetoed'))).toBeVisible();
	await expect(alarm).toHaveCount(0);

	await extras.advance(3 * 86_400);
	await thief.page.goto(`/recover?account=${stall.seller.address}`);
	await expect(thief.page.getByRole('button', { name: words('recovery_finish') })).toHaveCount(0);
	const view = await stall.seller.client.get<AccountView>(`/api/accounts/${stall.seller.address}`);
	expect(view.signers).toEqual([stall.seller.signer]);
	expect(view.protection.proposals, 'the round of the theft is over').toEqual([]);
});
