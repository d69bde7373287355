import { shopAbi } from '@kaishi/protocol/generated/shop';
import { detailsHashOf, encodeStep, type OfferTerms, type Order, type OrderView, orderIdOf } from '@kaishi/protocol/order';
import { offerIdOf, shopRoles } from '@kaishi/protocol/shop';
import { type Address, encodeFunctionData, type Hex } from 'viem';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
	type Actor,
	buy,
	buyWithDelivery,
	disputeWithReason,
	draftOrder,
	openShop,
	openTestMarket,
	ordinaryContent,
	ordinaryDelivery,
	ordinaryTerms,
	publishListing,
	randomSalt,
	shipWithTracking,
	type TestMarket,
} from '../../../testkit/src/index.ts';
import { purgeOrphanedNotes } from './private-store.ts';

let market: TestMarket;
let seller: Actor;
let buyer: Actor;
let stranger: Actor;
let staff: Actor;
let shopId: bigint;
let offer: { offerId: bigint; terms: OfferTerms };

beforeAll(async () => {
	market = await openTestMarket();
	[seller, buyer, stranger, staff] = [await market.passkeyUser(), await market.walletUser(), await market.walletUser(), await market.passkeyUser()];
	shopId = await openShop(seller, { slug: 'private-shop' });
	const terms = await ordinaryTerms(seller, { unitPrice: 1000n, shippingPrice: 0n });
	offer = { offerId: offerIdOf(await publishListing(seller, { shopId, terms: [terms], stocks: [100] }), 0), terms };
	for (const actor of [seller, buyer, stranger, staff]) await actor.signIn();
});
afterAll(() => market?.close());

const callShop = (actor: Actor, data: Hex) => actor.execute([{ to: market.deployment.contracts.shop, data }]);
const setStaff = (account: Address, roles: number) =>
	callShop(seller, encodeFunctionData({ abi: shopAbi, functionName: 'setStaff', args: [shopId, account, roles] }));
const seenBy = (actor: Actor | null, id: Hex): Promise<OrderView> => (actor?.client ?? market.client()).get<OrderView>(`/api/orders/${id}`);
const idOf = (order: Order) => orderIdOf(order, market.chain.chainId, market.deployment.contracts.orderBook);

describe('delivery details', () => {
	test('default: the buyer and whoever ships see them, nobody else', async () => {
		const { orderId } = await buyWithDelivery(buyer, offer);
		expect((await seenBy(buyer, orderId)).delivery).toEqual(ordinaryDelivery);
		expect((await seenBy(seller, orderId)).delivery).toEqual(ordinaryDelivery);
		const arbitrator = market.arbitrator();
		await arbitrator.signIn();
		for (const other of [null, stranger, staff, arbitrator]) expect((await seenBy(other, orderId)).delivery).toBeNull();
	});

	test('behavior: staff see them for as long as they may ship', async () => {
		const { orderId } = await buyWithDelivery(buyer, offer);
		await setStaff(staff.address, shopRoles.catalogue | shopRoles.money);
		expect(await seenBy(staff, orderId)).toMatchObject({ role: null, delivery: null });
		await setStaff(staff.address, shopRoles.orders);
		expect(await seenBy(staff, orderId)).toMatchObject({ role: 'seller', delivery: ordinaryDelivery });
		await setStaff(staff.address, 0);
		expect(await seenBy(staff, orderId)).toMatchObject({ role: null, delivery: null });
	});

	test('behavior: they may be left before the order is placed, by somebody who is not signed in yet', async () => {
		const salt = randomSalt();
		const order = await draftOrder(buyer, offer, { detailsHash: detailsHashOf(ordinaryDelivery, salt) });
		await market.client().post(`/api/orders/${idOf(order)}/delivery`, { details: ordinaryDelivery, salt });
		// A guesser's own details lie beside the real ones and are never shown.
		await stranger.client.post(`/api/orders/${idOf(order)}/delivery`, { details: { ...ordinaryDelivery, name: 'Thief' }, salt });
		await buyer.place(order);
		expect((await seenBy(seller, idOf(order))).delivery).toEqual(ordinaryDelivery);
	});

	test('error: other details than the order names', async () => {
		const { orderId } = await buy(buyer, offer);
		await expect(buyer.client.post(`/api/orders/${orderId}/delivery`, { details: ordinaryDelivery, salt: randomSalt() })).rejects.toMatchObject({
			code: 'Order_NoteMismatch',
		});
	});

	test.each([
		['no salt', { details: ordinaryDelivery }],
		['a field too many', { details: { ...ordinaryDelivery, admin: true }, salt: randomSalt() }],
		['an endless name', { details: { ...ordinaryDelivery, name: 'x'.repeat(81) }, salt: randomSalt() }],
		['a NUL', { details: { ...ordinaryDelivery, note: 'a\u0000' }, salt: randomSalt() }],
		['not an object', []],
	])('error: %s', async (_, body) => {
		const refused = stranger.client.post(`/api/orders/${randomSalt()}/delivery`, body);
		await expect(refused).rejects.toMatchObject({ code: 'Request_Invalid', kind: 'invalid' });
		// What people typed is never repeated, neither in answers nor in logs.
		await expect(refused).rejects.not.toThrow(/xxx|Lin Yue/);
	});

	test('error: more notes under one id than a changing mind needs', async () => {
		const id = randomSalt();
		const leave = (name: string) => stranger.client.post(`/api/orders/${id}/delivery`, { details: { ...ordinaryDelivery, name }, salt: randomSalt() });
		for (let i = 0; i < 8; i++) await leave(`n${i}`);
		await expect(leave('n9')).rejects.toMatchObject({ code: 'Order_TooManyNotes', kind: 'tooMany' });
	});

	test('behavior: notes of orders that were never placed are forgotten after a day', async () => {
		const { orderId } = await buyWithDelivery(buyer, offer);
		await stranger.client.post(`/api/orders/${randomSalt()}/delivery`, { details: ordinaryDelivery, salt: randomSalt() });
		expect(await purgeOrphanedNotes(market.db)).toBe(0);
		await market.db.query(`update order_private.notes set stored_at = now() - interval '2 days'`);
		expect(await purgeOrphanedNotes(market.db)).toBeGreaterThan(0);
		expect((await seenBy(buyer, orderId)).delivery).toEqual(ordinaryDelivery);
	});

	test('behavior: a rebuild of the tables loses none of it', async () => {
		const { orderId } = await buyWithDelivery(buyer, offer);
		await market.reindex();
		expect((await seenBy(buyer, orderId)).delivery).toEqual(ordinaryDelivery);
	});
});

describe('tracking and reasons', () => {
	test('default: parties and the arbitrator see them', async () => {
		const { order, orderId } = await buyWithDelivery(buyer, offer);
		await shipWithTracking(seller, order);
		await disputeWithReason(buyer, order, '茶叶受潮了');
		const arbitrator = market.arbitrator();
		await arbitrator.signIn();
		for (const party of [buyer, seller, arbitrator])
			expect(await seenBy(party, orderId)).toMatchObject({ tracking: { carrier: 'SF Express' }, disputeReason: '茶叶受潮了' });
		for (const other of [null, stranger]) expect(await seenBy(other, orderId)).toMatchObject({ tracking: null, disputeReason: null });
	});

	test('error: only the side concerned may leave them', async () => {
		const { orderId } = await buy(buyer, offer);
		const note = { note: { carrier: 'SF', number: '1' }, salt: randomSalt() };
		await expect(stranger.client.post(`/api/orders/${orderId}/tracking`, note)).rejects.toMatchObject({ code: 'OrderBook_NotSeller', kind: 'forbidden' });
		await expect(buyer.client.post(`/api/orders/${orderId}/tracking`, note)).rejects.toMatchObject({ code: 'OrderBook_NotSeller' });
		await expect(market.client().post(`/api/orders/${orderId}/tracking`, note)).rejects.toMatchObject({ kind: 'unauthenticated' });
		const reason = { note: { reason: 'x' }, salt: randomSalt() };
		await expect(stranger.client.post(`/api/orders/${orderId}/reason`, reason)).rejects.toMatchObject({ code: 'OrderBook_NotBuyer', kind: 'forbidden' });
		await expect(seller.client.post(`/api/orders/${orderId}/return-parcel`, note)).rejects.toMatchObject({ code: 'OrderBook_NotBuyer' });
		await expect(seller.client.post(`/api/orders/${randomSalt()}/tracking`, note)).rejects.toMatchObject({ code: 'Order_Unknown' });
	});
});

describe('lists', () => {
	test('behavior: one’s own orders and one’s own shop only', async () => {
		await expect(market.client().get('/api/orders?role=buyer')).rejects.toMatchObject({ kind: 'unauthenticated' });
		await expect(stranger.client.get(`/api/orders?role=shop&shopId=${shopId}`)).rejects.toMatchObject({ code: 'Shop_Unauthorized', kind: 'forbidden' });
		await expect(stranger.client.get(`/api/shops/${shopId}/figures`)).rejects.toMatchObject({ kind: 'forbidden' });
		const mine = await seller.client.get<{ items: unknown[] }>(`/api/orders?role=shop&shopId=${shopId}&states=placed,shipped`);
		expect(mine.items.length).toBeGreaterThan(0);
	});
});

describe('downloads', () => {
	const put = (actor: Actor | null, listingId: bigint, body: BodyInit, name = '茶书 "1".pdf') =>
		(actor?.client ?? market.client()).fetch(`/api/listings/${listingId}/download?name=${encodeURIComponent(name)}`, {
			method: 'PUT',
			body,
			headers: { 'content-type': 'application/pdf' },
		});
	const get = (actor: Actor | null, orderId: Hex) => (actor?.client ?? market.client()).fetch(`/api/orders/${orderId}/download`);

	test('default: paid for, handed over, and to nobody else', async () => {
		const terms = { ...offer.terms, shipBySeconds: 0, returnSeconds: 0 };
		const listingId = await publishListing(seller, { shopId, terms: [terms], content: { ...ordinaryContent, kind: 'digital', category: 'digital' } });
		const bytes = new Uint8Array(300_000).map((_, i) => i % 251);
		expect((await put(seller, listingId, bytes)).status).toBe(201);
		const { order, orderId } = await buy(buyer, { offerId: offerIdOf(listingId, 0), terms });
		expect(await seenBy(buyer, orderId)).toMatchObject({ state: 'shipped', hasDownload: true });
		expect((await seenBy(stranger, orderId)).hasDownload).toBe(false);
		const response = await get(buyer, orderId);
		expect(new Uint8Array(await response.arrayBuffer())).toEqual(bytes);
		expect(response.headers.get('content-disposition')).toBe(`attachment; filename="__ _1_.pdf"; filename*=UTF-8''%E8%8C%B6%E4%B9%A6%20_1_.pdf`);
		expect(response.headers.get('content-type')).toBe('application/octet-stream');
		expect(response.headers.get('x-content-type-options')).toBe('nosniff');
		expect((await get(stranger, orderId)).status).toBe(403);
		expect((await get(null, orderId)).status).toBe(401);
		await seller.execute([{ to: market.deployment.contracts.orderBook, data: refundCall(order) }]);
		expect((await get(buyer, orderId)).status).toBe(403);
	});

	test('behavior: a new file replaces the old one, names lose their folders', async () => {
		const listingId = await publishListing(seller, { shopId, terms: [offer.terms] });
		await put(seller, listingId, 'one', '../../etc/passwd');
		expect(await (await put(seller, listingId, 'two', '')).json()).toMatchObject({ name: 'download', bytes: 3 });
		const { rows } = await market.db.query('select name from order_private.downloads where listing_id = $1', [listingId.toString()]);
		expect(rows).toEqual([{ name: 'download' }]);
	});

	test('error: strangers, empty files and more than 50 MB', async () => {
		const listingId = await publishListing(seller, { shopId, terms: [offer.terms] });
		expect((await put(stranger, listingId, 'x')).status).toBe(403);
		expect((await put(null, listingId, 'x')).status).toBe(401);
		expect((await put(seller, listingId, '')).status).toBe(400);
		expect((await put(seller, listingId + 1000n, 'nobody can buy this')).status).toBe(404);
		expect((await put(seller, listingId, new Uint8Array(50 * 1024 * 1024 + 1))).status).toBe(413);
		const { orderId } = await buy(buyer, { offerId: offerIdOf(listingId, 0), terms: offer.terms });
		expect((await get(buyer, orderId)).status).toBe(403);
		expect((await get(seller, orderId)).status).toBe(404);
	});
});

const refundCall = (order: Order) => encodeStep(order, { action: 'refund' });
