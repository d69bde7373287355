import type { OrderView } from '@kaishi/protocol/order';
import type { ListingView, ShopView } from '@kaishi/protocol/shop';
import { offerIdOf, shopAccountOf } from '@kaishi/protocol/shop';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Actor, buy, confirm, openShop, ordinaryTerms, publishListing, reply, review, ship, withdrawShop } from '../actors/index.ts';
import { openTestMarket, type TestMarket } from '../open-test-market.ts';

let market: TestMarket;
beforeAll(async () => {
	market = await openTestMarket();
});
afterAll(() => market?.close());

const people: [string, (market: TestMarket) => Promise<Actor>, (market: TestMarket) => Promise<Actor>][] = [
	['passkey seller, passkey buyer', (m) => m.passkeyUser(), (m) => m.passkeyUser()],
	['passkey seller, wallet buyer', (m) => m.passkeyUser(), (m) => m.walletUser()],
	['wallet seller, passkey buyer', (m) => m.walletUser(), (m) => m.passkeyUser()],
];

test.each(people)('a shop opens and its first piece is sold, shipped, confirmed and reviewed: %s', async (name, asSeller, asBuyer) => {
	const [seller, buyer] = [await asSeller(market), await asBuyer(market)];
	const slug = `first-${name.length}-${name.startsWith('wallet') ? 'w' : 'p'}`;
	const shopId = await openShop(seller, { slug });
	const terms = await ordinaryTerms(seller);
	const listingId = await publishListing(seller, { shopId, terms: [terms], stocks: [3] });
	const { order, orderId } = await buy(buyer, { offerId: offerIdOf(listingId, 0), terms, quantity: 2n });

	const total = 2n * terms.unitPrice + terms.shippingPrice;
	const placed = await buyer.client.get<OrderView>(`/api/orders/${orderId}`);
	expect(placed).toMatchObject({ id: orderId, state: 'placed', quantity: 2, total: { amount: total.toString() } });
	expect((await buyer.client.get<ListingView>(`/api/listings/${listingId}`)).stock).toBe(1);

	await ship(seller, order);
	await confirm(buyer, order);
	const balances = await market.reads.order.balancesOf(shopAccountOf(shopId));
	expect(balances).toEqual([{ currency: terms.currency, amount: total.toString() }]);

	await review(buyer, order, { ofSeller: true, rating: 5, text: 'Fragrant. 很香。' });
	await review(seller, order, { ofSeller: false, rating: 4, text: 'Paid at once.' });
	await reply(seller, order, { ofSeller: true, text: 'Thank you!' });
	const done = await buyer.client.get<OrderView>(`/api/orders/${orderId}`);
	expect(done.state).toBe('completed');
	expect(done.reviews.ofSeller).toMatchObject({ rating: 5, reply: { text: 'Thank you!' } });
	expect(done.reviews.ofBuyer).toMatchObject({ rating: 4 });
	expect((await buyer.client.get<ShopView>(`/api/shops/${slug}`)).completedOrders).toBe(1);

	await withdrawShop(seller, shopId, terms.currency, total);
	expect(await market.reads.order.balancesOf(shopAccountOf(shopId))).toEqual([]);
});
