import { offerIdOf } from '@kaishi/protocol/shop';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
	buy,
	cancel,
	confirm,
	delistListing,
	dispute,
	openShop,
	ordinaryContent,
	ordinaryTerms,
	publishListing,
	refund,
	review,
	rule,
	ship,
} from '../actors/index.ts';
import { openTestMarket, type TestMarket } from '../open-test-market.ts';

let market: TestMarket;
beforeAll(async () => {
	market = await openTestMarket();
});
afterAll(() => market?.close());

test('every table is rebuilt from the chain alone, byte for byte', async () => {
	const [seller, buyer] = [await market.passkeyUser(), await market.walletUser()];
	const shopId = await openShop(seller, { slug: 'every-state' });
	const terms = await ordinaryTerms(seller, { unitPrice: 1_000_000n, shippingPrice: 0n });
	const listingId = await publishListing(seller, { shopId, terms: [terms], stocks: [50] });
	const offer = { offerId: offerIdOf(listingId, 0), terms };
	const place = async () => (await buy(buyer, offer)).order;
	const late = (await buy(buyer, offer)).orderId;

	await cancel(buyer, await place());
	await refund(seller, await place());
	const [completed, disputed, shipped] = [await place(), await place(), await place()];
	await ship(seller, completed);
	await confirm(buyer, completed);
	await review(buyer, completed, { ofSeller: true, rating: 3, text: '' });
	await ship(seller, disputed);
	await dispute(buyer, disputed);
	await ship(seller, shipped);
	await publishListing(seller, { shopId, sequence: 1, content: { ...ordinaryContent, title: { en: 'Second version' } }, terms: [terms], stocks: [20] });
	await market.advance(terms.shipBySeconds + 1);
	// nobody had to ask: the market's keeper settles what is due
	expect((await market.reads.order.order(late, null))?.state).toBe('refunded');
	await delistListing(seller, listingId);
	await rule(market.arbitrator(), disputed, 5000);
	await market.processAll();

	const before = await market.fingerprints();
	expect(Object.keys(before).length).toBeGreaterThan(5);
	await market.reindex();
	expect(await market.fingerprints()).toEqual(before);
});
