import type { OrderView } from '@kaishi/protocol/order';
import type { Money } from '@kaishi/protocol/platform/money';
import { bringBeforeCourt, openCourthouse, readCase, shipOrder } from '../src/court.ts';
import { expect, test } from '../src/journey.ts';
import { buy } from '../src/steps.ts';

test('the seller never answers before the court: after three days the buyer has everything back, the fee too', async ({ extras, meet, words }) => {
	const house = await openCourthouse(extras, { jurors: 0 });
	const buyer = await meet();
	const orderId = await buy(buyer.page, words, house.stall.productPath);
	await shipOrder(house.stall, orderId);
	await buyer.page.goto(`/orders/${orderId}`);
	await bringBeforeCourt(buyer.page, words, 'It never came.');
	await expect(buyer.page.getByText(words('dispute_waiting_other'))).toBeVisible();

	await extras.advance(3 * 86_400 + 60);
	await expect(
		buyer.page
			.getByText(words('dispute_outcome_none'))
			.or(buyer.page.getByText(words('dispute_phase_closed')))
			.first(),
	).toBeVisible();
	const api = house.stall.seller;
	const order = await api.client.get<OrderView>(`/api/orders/${orderId}`);
	expect(order).toMatchObject({ state: 'refunded' });
	const { fee, costs } = await readCase(api, orderId);
	expect(costs).toMatchObject({ buyer: { amount: '0' }, seller: { amount: '0' } });
	const back = BigInt(order.total.amount) + BigInt(fee.amount);
	expect(await api.client.get<Money[]>(`/api/accounts/${order.buyer}/balances`)).toEqual([{ currency: order.total.currency, amount: back.toString() }]);
});
