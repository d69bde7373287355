import type { OrderView } from '@kaishi/protocol/order';
import type { Money } from '@kaishi/protocol/platform/money';
import { expect, test } from '../src/journey.ts';
import { openStall } from '../src/stall.ts';
import { buy } from '../src/steps.ts';

test('the seller never ships: the money comes back by itself, nobody has to ask', async ({ extras, meet, words }) => {
	const stall = await openStall(extras, { stock: 2 });
	const { page } = await meet();
	const orderId = await buy(page, words, stall.productPath);
	const api = stall.seller.client;
	const placed = await api.get<OrderView>(`/api/orders/${orderId}`);
	expect(placed.state).toBe('placed');

	await extras.advance(stall.offer.terms.shipBySeconds + 60);
	await expect(page.getByRole('list').getByText(words('order_state_refunded')).first(), 'the open page hears of it').toBeVisible();
	const refunded = await api.get<OrderView>(`/api/orders/${orderId}`);
	expect(refunded).toMatchObject({ state: 'refunded' });
	expect(refunded.events.at(-1)).toMatchObject({ kind: 'refunded', cause: 0 });
	const balances = await api.get<Money[]>(`/api/accounts/${placed.buyer}/balances`);
	expect(balances).toEqual([{ currency: stall.offer.terms.currency, amount: placed.total.amount }]);
	expect((await api.get<{ stock: number }>(`/api/listings/${stall.listingId}`)).stock, 'the piece is back on the shelf').toBe(2);
});
