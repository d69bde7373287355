import type { AccountView } from '@kaishi/protocol/account';
import type { OrderView } from '@kaishi/protocol/order';
import { buy as buyBeside } from '@kaishi/testkit';
import { expect, test } from '../src/journey.ts';
import { openStall } from '../src/stall.ts';
import { agree, signIn, startOf } from '../src/steps.ts';

const DELAY_SECONDS = 2 * 86_400;

// the lost phone is signed out under its hands, asks again and is refused: the page says so in the console, too
test.use({ tolerated: [/40[13] \((Unauthorized|Forbidden)\)/] });

test('a lost phone is no lost shop: the recovery code brings shop and money back, and the old passkey is locked out', async ({ extras, meet, words }) => {
	const stall = await openStall(extras);
	const phone = await meet();
	await phone.device.hold(stall.seller);
	await signIn(phone.page, words);
	await phone.page.goto('/account');
	await phone.page.getByRole('button', { name: words('recovery_code_make') }).click();
	const sheet = phone.page.getByRole('dialog');
	const shown = sheet.getByText(/^([0-9A-Z]{4}-){6}[0-9A-Z]{4}$/);
	const code = (await shown.textContent()) ?? '';
	await sheet.getByLabel(words('recovery_code_repeat')).fill('ZZZZ');
	await sheet.getByRole('button', { name: words('recovery_code_keep') }).click();
	await expect(sheet.getByText(words('recovery_code_repeat_wrong')), 'who has not written it down cannot go on').toBeVisible();
	await sheet.getByLabel(words('recovery_code_repeat')).fill(code.slice(-4).toLowerCase());
	await sheet.getByRole('button', { name: words('recovery_code_keep') }).click();
	await agree(phone.page, words('recovery_save_confirm'));
	await expect(phone.page.getByText(words('recovery_code_saved'))).toBeVisible();
	await expect(phone.page.getByText(code), 'shown once').toHaveCount(0);

	const { orderId } = await buyBeside(await extras.walletUser(), stall.offer);
	const fresh = await meet();
	await fresh.page.goto('/recover');
	await fresh.page.getByLabel(words('recovery_find')).fill(stall.slug);
	await fresh.page.getByRole('button', { name: words('recovery_find_go') }).click();
	await expect(fresh.page.getByText(stall.seller.address)).toBeVisible();
	await fresh.page.getByLabel(words('recovery_device_name')).fill('New phone');
	await fresh.page.getByRole('button', { name: words('recovery_make_key') }).click();
	const field = fresh.page.getByLabel(words('recovery_code_title'));
	await field.fill(code.replace(/.$/, code.endsWith('Z') ? 'Y' : 'Z'));
	await fresh.page.getByRole('button', { name: startOf(words('recovery_with_code_start')) }).click();
	await expect(fresh.page.getByText(words('recovery_code_unreadable'))).toBeVisible();
	await field.fill(code.toLowerCase().replaceAll('-', ' '));
	await fresh.page.getByRole('button', { name: startOf(words('recovery_with_code_start')) }).click();
	await expect(fresh.page.getByText(words('recovery_waiting_text'))).toBeVisible();
	await expect(phone.page.getByText(words('recovery_alarm_own')), 'whoever holds the old phone hears of it at once').toBeVisible();

	await extras.advance(DELAY_SECONDS + 60);
	await fresh.page.goto(`/recover?account=${stall.seller.address}`);
	await fresh.page.getByRole('button', { name: words('recovery_finish') }).click();
	await fresh.page.waitForURL(/\/account$/);
	await expect(fresh.page.getByText(words('recovery_done'))).toBeVisible();
	await expect(fresh.page.getByText(stall.seller.address)).toBeVisible();

	await fresh.page.goto(`/sell/${stall.slug}/orders`);
	await fresh.page
		.getByRole('button', { name: words('sell_ship') })
		.first()
		.click();
	const ship = fresh.page.getByRole('dialog');
	await ship.getByLabel(startOf(words('sell_ship_carrier'))).fill('SF Express');
	await ship.getByLabel(startOf(words('sell_ship_number'))).fill('SF1234567890');
	await ship.getByRole('button', { name: words('sell_ship_confirm') }).click();
	await agree(fresh.page, words('sell_ship_confirm'));
	await expect(fresh.page.getByText(words('sell_ship_done'))).toBeVisible();
	const api = stall.seller.client;
	expect((await api.get<OrderView>(`/api/orders/${orderId}`)).state).toBe('shipped');
	expect((await api.get<AccountView>(`/api/accounts/${stall.seller.address}`)).signers).not.toContain(stall.seller.signer);

	await phone.page.goto('/account');
	await expect(phone.page.getByRole('heading', { name: words('account_out_title') }), 'signed out everywhere').toBeVisible();
	await phone.page
		.getByRole('main')
		.getByRole('button', { name: words('wallet_use_passkey') })
		.click();
	await expect(phone.page.getByText(words('errors_Session_SignerRemoved'))).toBeVisible();
});
