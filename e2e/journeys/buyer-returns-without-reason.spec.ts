import { openOrder, request, sendBack, shippedOrder, take } from '../src/after-sales.ts';
import { expect, test } from '../src/journey.ts';

test('a buyer returns without a reason: the terms grant it, the parcel goes back, the money comes less what was agreed', async ({ extras, meet, words }) => {
	const { stall, buyer, orderId, view } = await shippedOrder(extras, meet, words, { restockingBps: 1000 });
	const { page } = buyer;
	await take(page, words, 'order_acknowledge');
	await request(page, words, { remedy: 'order_request_return' });
	await sendBack(page, words, 'SF-BACK-1');
	await expect(page.getByTestId('after-sales').getByText('SF-BACK-1')).toBeVisible();

	const seller = await openOrder(meet, words, stall.seller, orderId);
	await expect(seller.page.getByTestId('after-sales').getByText('SF-BACK-1'), 'the seller sees the parcel').toBeVisible();
	await take(seller.page, words, 'order_accept_return');
	await expect(page.getByRole('heading', { level: 1 }), 'the buyer hears of it without reloading').toHaveText(words('order_hero_refunded'));
	const ended = await view();
	const kept = stall.offer.terms.unitPrice / 10n;
	expect(ended.payouts.map(({ kind, amount }) => [kind, BigInt(amount)])).toEqual([
		['seller', kept],
		['buyer', BigInt(ended.total.amount) - kept],
	]);
});
