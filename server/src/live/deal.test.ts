import type { BagItem, ShowView } from '@kaishi/protocol/live';
import type { OfferTerms } from '@kaishi/protocol/order';
import { offerIdOf, shopRoles } from '@kaishi/protocol/shop';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
	buy,
	draftOrder,
	employ,
	openDeal,
	openShop,
	openTab,
	openTestMarket,
	ordinaryContent,
	ordinaryTerms,
	type PasskeyUser,
	placeFromTab,
	publishListing,
	type TestMarket,
	takeStep,
} from '../../../testkit/src/index.ts';

let market: TestMarket;
let seller: PasskeyUser;
let shopId: bigint;
let terms: OfferTerms;
let cheap: OfferTerms;
beforeAll(async () => {
	market = await openTestMarket();
	seller = await market.passkeyUser();
	shopId = await openShop(seller, { slug: 'flash-house' });
	terms = await ordinaryTerms(seller, { unitPrice: 2_000_000n, shippingPrice: 0n });
	cheap = { ...terms, unitPrice: 1_000_000n };
});
afterAll(() => market?.close());

const source = async (stock = 10) => offerIdOf(await publishListing(seller, { shopId, terms: [terms], stocks: [stock] }), 0);
const listingOf = async (offerId: bigint) => market.reads.shop.listing((offerId >> 16n).toString());
const stockOf = async (offerId: bigint) => (await listingOf(offerId))?.offers[0]?.stock;
const opened = async (wish: Omit<Parameters<typeof openDeal>[1], 'shopId' | 'terms'>) =>
	offerIdOf(await openDeal(seller, { shopId, terms: cheap, ...wish }), 0);

describe('a flash deal', () => {
	test('default: takes its pieces, sells them under its limit, ends, and what is left goes back by itself', async () => {
		const from = await source();
		const counted = (await market.reads.shop.shop(shopId.toString()))?.listingCount;
		const deal = await opened({ from, pieces: 4, perBuyer: 1, seconds: 60 });
		expect([await stockOf(from), await stockOf(deal)]).toEqual([6, 4]);
		expect(await listingOf(deal)).toMatchObject({ dealOf: (from >> 16n).toString() });
		expect((await listingOf(deal))?.offers[0]).toMatchObject({ pledge: null, deal: { from: from.toString(), perBuyer: 1, over: false } });
		expect((await market.reads.shop.shop(shopId.toString()))?.listingCount).toBe(counted);
		const listed = await market.reads.shop.listings({ shopId: shopId.toString(), includeDelisted: true });
		expect(listed.items.map(({ id }) => id)).not.toContain((deal >> 16n).toString());

		const [buyer, other] = [await market.passkeyUser(), await market.walletUser()];
		await buy(buyer, { offerId: deal, terms: cheap });
		await expect(buy(buyer, { offerId: deal, terms: cheap })).rejects.toMatchObject({ code: 'Catalog_OverLimit' });
		await buy(other, { offerId: deal, terms: cheap });
		await market.advance(61);
		expect((await listingOf(deal))?.offers[0]?.deal?.over).toBe(true);
		await expect(buy(await market.walletUser(), { offerId: deal, terms: cheap })).rejects.toMatchObject({ code: 'Catalog_Ended' });
		expect([await stockOf(from), await stockOf(deal)]).toEqual([8, 0]);
	});

	test('behavior: by one tap, until its end and not until the chain’s; refunded pieces count', async () => {
		const from = await source();
		const deal = await opened({ from, pieces: 3, perBuyer: 2, byTab: true, seconds: 60 });
		await expect(buy(await market.walletUser(), { offerId: deal, terms: cheap })).rejects.toMatchObject({ code: 'Catalog_Pledged' });
		const [buyer, late] = [await market.passkeyUser(), await market.passkeyUser()];
		const tab = await openTab(buyer, { currency: terms.currency, amount: 9_000_000n });
		const tap = async (quantity = 1n) => placeFromTab(tab, await draftOrder(buyer, { offerId: deal, terms: cheap, quantity }));
		await tap(2n);
		await expect(tap()).rejects.toMatchObject({ code: 'Operator_LimitReached' });
		await market.advance(61);
		const other = await openTab(late, { currency: terms.currency, amount: 9_000_000n });
		await expect(placeFromTab(other, await draftOrder(late, { offerId: deal, terms: cheap }))).rejects.toMatchObject({ code: 'Catalog_Ended' });
		expect(await stockOf(deal)).toBe(1);
		await market.advance(120);
		expect([await stockOf(from), await stockOf(deal)]).toEqual([8, 0]);
	});

	test('behavior: stands in the bag while it runs', async () => {
		const from = await source();
		await seller.signIn();
		const body = { shopId: shopId.toString(), title: { en: 'Tonight' }, scheduledAt: market.now() + 60, bag: [(from >> 16n).toString()] };
		const show = await seller.client.post<ShowView>('/api/live/shows', body);
		const bag = async () => (await market.client().get<BagItem[]>(`/api/live/${show.id}/bag`))[0]?.offers[0]?.deal;
		expect(await bag()).toBeNull();
		const deal = await opened({ from, pieces: 2, perBuyer: 1, content: { ...ordinaryContent, coupon: true } });
		expect(await bag()).toMatchObject({
			offerId: deal.toString(),
			ofOfferId: from.toString(),
			left: 2,
			perBuyer: 1,
			coupon: true,
			unitPrice: { amount: '1000000' },
		});
		await market.advance(61);
		expect(await bag()).toBeNull();
	});

	test('behavior: a host who is not the owner earns the share that the terms give, of a deal as of anything else', async () => {
		const host = await market.passkeyUser();
		await employ(seller, shopId, host.address, shopRoles.live);
		const shared = { ...terms, affiliateBps: 1000 };
		const from = offerIdOf(await publishListing(seller, { shopId, terms: [shared], stocks: [5] }), 0);
		await host.signIn();
		const body = { shopId: shopId.toString(), title: { en: 'By a guest' }, scheduledAt: market.now() + 60, bag: [(from >> 16n).toString()] };
		const show = await host.client.post<ShowView>('/api/live/shows', body);
		expect(show.affiliate).toBe(host.address);
		const deal = offerIdOf(await openDeal(seller, { shopId, from, terms: { ...shared, unitPrice: 1_000_000n }, pieces: 2 }), 0);
		const buyer = await market.walletUser();
		const { order } = await buy(buyer, { offerId: deal, terms: { ...shared, unitPrice: 1_000_000n } }, { affiliate: host.address });
		await takeStep(seller, 'ship', order);
		await takeStep(buyer, 'confirm', order);
		expect((await market.reads.order.balancesOf(host.address)).map(({ amount }) => amount)).toContain('100000');
	});

	test('behavior: tables are a fold of the chain', async () => {
		const before = await market.fingerprints();
		await market.reindex();
		expect(await market.fingerprints()).toEqual(before);
	});
});
