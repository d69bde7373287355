import { openOrder, request, sendBack, shippedOrder, take } from '../src/after-sales.ts';
import { expect, test } from '../src/journey.ts';
import { agree, startOf } from '../src/steps.ts';

test('a buyer exchanges: back it goes, another piece comes, and the seller is paid', async ({ extras, meet, words }) => {
	const { stall, buyer, orderId, view } = await shippedOrder(extras, meet, words, { remedies: 1 });
	await take(buyer.page, words, 'order_acknowledge');
	await request(buyer.page, words, { remedy: 'order_request_exchange' });
	await sendBack(buyer.page, words, 'SF-BACK-2');

	const { page } = await openOrder(meet, words, stall.seller, orderId);
	await take(page, words, 'order_accept_return');
	await page
		.getByRole('main')
		.getByRole('button', { name: words('order_ship_again') })
		.click();
	const sheet = page.getByRole('dialog');
	await sheet.getByLabel(startOf(words('order_carrier'))).fill('SF Express');
	await sheet.getByLabel(startOf(words('order_tracking_number'))).fill('SF-SECOND');
	await sheet.getByRole('button', { name: words('order_next') }).click();
	await agree(page, words('order_ship'));

	await expect(buyer.page.getByText('SF-SECOND').first()).toBeVisible();
	await take(buyer.page, words, 'order_confirm');
	await expect(buyer.page.getByText(words('order_confirmed'))).toBeVisible();
	expect((await view()).state).toBe('completed');
});
