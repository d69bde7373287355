import { expect, test } from '../src/journey.ts';
import { openStall } from '../src/stall.ts';
import { agree, signIn } from '../src/steps.ts';

// what is put out asks again and is refused: the page says so in the console, too
test.use({ tolerated: [/40[13] \((Unauthorized|Forbidden)\)/] });

test('a second device shows a code, the first one lets it in, and can put it out again', async ({ extras, meet, words }) => {
	const stall = await openStall(extras);
	const [phone, laptop] = [await meet(), await meet()];
	await phone.device.hold(stall.seller);
	await signIn(phone.page, words);

	await laptop.page.goto('/account/device');
	await laptop.page.getByLabel(words('recovery_device_name')).fill('Laptop');
	await laptop.page.getByRole('button', { name: words('recovery_make_key') }).click();
	await expect(laptop.page.getByRole('img', { name: words('recovery_device_qr') })).toBeVisible();
	const link = (await laptop.page.getByText(/\/account\/approve\?/).textContent()) ?? '';
	const number = (await laptop.page.getByText(/^\d{3} \d{3}$/).textContent()) ?? '-';

	await phone.page.goto(link.replace(stall.seller.client.origin, ''));
	await expect(phone.page.getByText(number), 'both show the same number').toBeVisible();
	await phone.page
		.getByRole('main')
		.getByRole('button', { name: words('recovery_approve') })
		.click();
	await agree(phone.page, words('recovery_approve'));
	await expect(phone.page.getByText(words('recovery_approved'))).toBeVisible();

	await laptop.page.getByRole('button', { name: words('recovery_device_enter') }).click();
	await laptop.page.waitForURL(/\/account$/);
	await expect(laptop.page.getByText(stall.seller.address)).toBeVisible();
	await expect(laptop.page.getByText('Laptop', { exact: true })).toBeVisible();

	// Signs with it, and signs in anew with it: the device remembers whose account it opens.
	await laptop.page.goto(`/sell/${stall.slug}/settings`);
	await laptop.page.goto('/account');
	await laptop.page.getByRole('button', { name: words('account_sign_out') }).click();
	await expect(laptop.page.getByRole('heading', { name: words('account_out_title') })).toBeVisible();
	await laptop.page
		.getByRole('main')
		.getByRole('button', { name: words('wallet_use_passkey') })
		.click();
	await expect(laptop.page.getByText(stall.seller.address)).toBeVisible();

	await phone.page.goto('/account');
	const row = phone.page.getByRole('listitem').filter({ hasText: 'Laptop' });
	await row.getByRole('button', { name: words('recovery_remove_label') }).click();
	await agree(phone.page, words('recovery_remove_confirm'));
	await expect(phone.page.getByText(words('recovery_removed'))).toBeVisible();
	await laptop.page.goto('/account');
	await expect(laptop.page.getByRole('heading', { name: words('account_out_title') })).toBeVisible();
	await expect(phone.page.getByRole('button', { name: words('recovery_remove_label') }), 'never the last one').toHaveCount(0);
});
