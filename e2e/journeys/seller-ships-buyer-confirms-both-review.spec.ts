import type { OrderView } from '@kaishi/protocol/order';
import type { Money } from '@kaishi/protocol/platform/money';
import { shopAccountOf } from '@kaishi/protocol/shop';
import { expect, test } from '../src/journey.ts';
import { openStall } from '../src/stall.ts';
import { agree, buy, signIn, startOf, writeReview } from '../src/steps.ts';

test('the seller ships, the buyer confirms and the seller is paid, both review each other, the shop answers', async ({ extras, meet, words }) => {
	const stall = await openStall(extras);
	const buyer = await meet();
	const seller = await meet();
	const orderId = await buy(buyer.page, words, stall.productPath);

	await seller.device.hold(stall.seller);
	await signIn(seller.page, words);
	await seller.page.goto(`/sell/${stall.slug}/orders`);
	await seller.page
		.getByRole('button', { name: words('sell_ship') })
		.first()
		.click();
	const sheet = seller.page.getByRole('dialog');
	await expect(sheet.getByText('文三路 1 号'), 'the address reaches whoever ships').toBeVisible();
	await sheet.getByLabel(startOf(words('sell_ship_carrier'))).fill('SF Express');
	await sheet.getByLabel(startOf(words('sell_ship_number'))).fill('SF1234567890');
	await sheet.getByRole('button', { name: words('sell_ship_confirm') }).click();
	await agree(seller.page, words('sell_ship_confirm'));
	await expect(seller.page.getByText(words('sell_ship_done'))).toBeVisible();

	await expect(buyer.page.getByText('SF1234567890'), 'the buyer hears of it without reloading').toBeVisible();
	await buyer.page.getByRole('button', { name: words('order_confirm') }).click();
	await agree(buyer.page, words('order_confirm'));
	await expect(buyer.page.getByText(words('order_confirmed'))).toBeVisible();
	const api = stall.seller.client;
	const paid = await api.get<OrderView>(`/api/orders/${orderId}`);
	expect(paid.state).toBe('completed');
	expect(await api.get<Money[]>(`/api/accounts/${shopAccountOf(stall.shopId)}/balances`)).toEqual([
		{ currency: stall.offer.terms.currency, amount: paid.total.amount },
	]);

	await writeReview(buyer.page, words, { rating: 5, text: '很香，包装用心。 Fragrant!' });
	await seller.page.goto(`/orders/${orderId}`);
	await writeReview(seller.page, words, { rating: 4, text: 'Paid at once, kind words.' });
	await seller.page.getByRole('button', { name: words('review_reply_open') }).click();
	await seller.page.getByLabel(startOf(words('review_reply_label'))).fill('谢谢！Come again.');
	await seller.page.getByRole('button', { name: words('review_reply_send') }).click();
	await agree(seller.page, words('review_reply_send'));
	await expect(seller.page.getByText(words('review_reply_sent'))).toBeVisible();

	const stranger = await meet();
	await stranger.page.goto(stall.productPath);
	await expect(stranger.page.getByText('很香，包装用心。 Fragrant!')).toBeVisible();
	await expect(stranger.page.getByText('谢谢！Come again.')).toBeVisible();
});
