import { catalogAbi } from '@kaishi/protocol/generated/catalog';
import { shopAbi } from '@kaishi/protocol/generated/shop';
import type { ShowView } from '@kaishi/protocol/live';
import type { OfferTerms } from '@kaishi/protocol/order';
import type { Page } from '@kaishi/protocol/platform/proof';
import { MAX_WAITS, offerIdOf, shopRoles, type Wait } from '@kaishi/protocol/shop';
import type { NotificationView, Unread } from '@kaishi/protocol/social';
import { encodeFunctionData } from 'viem';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import {
	type Actor,
	buy,
	cancel,
	confirm,
	dispute,
	openShop,
	openTestMarket,
	ordinaryTerms,
	publishListing,
	rule,
	ship,
	type TestMarket,
} from '../../../../testkit/src/index.ts';
import type { PushSender } from '../../platform/push/push-sender.ts';
import { subscriptionsOf } from './push-store.ts';
import { tellBack, tellReminders } from './reminders.ts';

let market: TestMarket;
let seller: Actor;
let staff: Actor;
let buyer: Actor;
let shopId: bigint;
let offer: { offerId: bigint; terms: OfferTerms };

const pushed: { endpoint: string; body: unknown }[] = [];
const push: PushSender = {
	publicKey: 'the-key',
	send: async ({ endpoint }, { body }) => {
		pushed.push({ endpoint, body });
		return 'sent';
	},
};

beforeAll(async () => {
	market = await openTestMarket({ push });
	[seller, staff] = [await market.passkeyUser(), await market.passkeyUser()];
	shopId = await openShop(seller, { slug: 'told-shop' });
	const terms = await ordinaryTerms(seller, { unitPrice: 1000n, shippingPrice: 0n });
	offer = { offerId: offerIdOf(await publishListing(seller, { shopId, terms: [terms], stocks: [100] }), 0), terms };
	await seller.execute([
		{
			to: market.deployment.contracts.shop,
			data: encodeFunctionData({ abi: shopAbi, functionName: 'setStaff', args: [shopId, staff.address, shopRoles.orders] }),
		},
	]);
	for (const actor of [seller, staff]) await actor.signIn();
});
afterAll(() => market?.close());
beforeEach(async () => {
	buyer = await market.walletUser();
	await buyer.signIn();
});

const pageOf = (actor: Actor, cursor = '') => actor.client.get<Page<NotificationView>>(`/api/notifications${cursor}`);
const told = async (actor: Actor, orderId: string) =>
	(await pageOf(actor)).items
		.filter((item) => item.orderId === orderId)
		.map((item) => `${item.side}: ${item.event}`)
		.reverse();
const unread = async (actor: Actor) => (await actor.client.get<Unread>('/api/unread')).notifications;

test('each side hears what the other did: a sale, a parcel, a dispute', async () => {
	const { order, orderId } = await buy(buyer, offer);
	await ship(seller, order);
	await dispute(buyer, order);
	await confirm(buyer, order);
	for (const actor of [seller, staff]) expect(await told(actor, orderId)).toEqual(['shop: OrderPlaced', 'shop: OrderDisputed', 'shop: OrderCompleted']);
	expect(await told(buyer, orderId)).toEqual(['buyer: OrderShipped']);
});

test('both hear of a deadline that passed and of a ruling', async () => {
	const late = await buy(buyer, offer);
	const disputed = await buy(buyer, offer);
	await ship(seller, disputed.order);
	await dispute(buyer, disputed.order);
	await rule(market.arbitrator(), disputed.order, 5000);
	await market.advance(offer.terms.shipBySeconds + 1);
	expect(await told(seller, late.orderId)).toEqual(['shop: OrderPlaced', 'shop: OrderRefunded']);
	expect(await told(buyer, late.orderId)).toEqual(['buyer: OrderRefunded']);
	expect(await told(buyer, disputed.orderId)).toEqual(['buyer: OrderShipped', 'buyer: OrderRuled']);
	expect((await told(seller, disputed.orderId)).at(-1)).toBe('shop: OrderRuled');
});

test('unread until looked at, each person for themselves, and never back', async () => {
	const before = [await unread(seller), await unread(staff)];
	const { order } = await buy(buyer, offer);
	await cancel(buyer, order);
	expect([await unread(seller), await unread(staff)]).toEqual(before.map((n) => n + 2));
	const { items } = await pageOf(seller);
	expect(items[0]).toMatchObject({ event: 'OrderRefunded', cause: 1, unread: true, shop: { slug: 'told-shop' } });
	await seller.client.put('/api/notifications/read', { id: items[1]?.id });
	expect(await unread(seller)).toBe(1);
	await seller.client.put('/api/notifications/read', { id: items[0]?.id });
	await seller.client.put('/api/notifications/read', { id: '0-0' });
	expect([await unread(seller), await unread(staff)]).toEqual([0, (before[1] ?? 0) + 2]);
	const prints = await market.fingerprints();
	await market.reindex();
	expect([await unread(seller), await market.fingerprints()]).toEqual([0, prints]);
});

test('nobody else hears of it, and staff no longer once they have left', async () => {
	const { orderId } = await buy(buyer, offer);
	const stranger = await market.walletUser();
	await stranger.signIn();
	expect((await pageOf(stranger)).items).toEqual([]);
	expect(await told(staff, orderId)).toHaveLength(1);
	await seller.execute([
		{ to: market.deployment.contracts.shop, data: encodeFunctionData({ abi: shopAbi, functionName: 'setStaff', args: [shopId, staff.address, 0] }) },
	]);
	expect((await pageOf(staff)).items).toEqual([]);
	expect(await unread(staff)).toBe(0);
});

test('pages: everything once, newest first', async () => {
	for (let i = 0; i < 16; i++) await cancel(buyer, (await buy(buyer, offer)).order);
	const seen: NotificationView[] = [];
	for (let cursor: string | null = ''; cursor !== null; ) {
		const page: Page<NotificationView> = await pageOf(seller, cursor && `?cursor=${cursor}`);
		seen.push(...page.items);
		cursor = page.next;
	}
	expect(seen.length).toBeGreaterThan(32);
	expect(new Set(seen.map((item) => item.id)).size).toBe(seen.length);
	expect(seen.map((item) => item.at)).toEqual(seen.map((item) => item.at).sort((a, b) => b - a));
	await expect(seller.client.get('/api/notifications?cursor=x')).rejects.toMatchObject({ code: 'Request_InvalidCursor' });
	await expect(seller.client.put('/api/notifications/read', { id: '1; drop' })).rejects.toMatchObject({ code: 'Request_Invalid' });
});

test('default: who follows a shop is told of each of its shows, once, and no more after leaving it', async () => {
	const { client } = buyer;
	const keys = { p256dh: 'B'.repeat(87), auth: 'a'.repeat(22) };
	await client.put('/api/push-subscriptions', { endpoint: 'https://fcm.googleapis.com/phone', keys, locale: 'en' });
	// Somebody who has learnt where the browser is reached, but not its keys, takes nothing over.
	await seller.client.put('/api/push-subscriptions', { endpoint: 'https://fcm.googleapis.com/phone', keys: { ...keys, auth: 'b'.repeat(22) }, locale: 'en' });
	expect(await subscriptionsOf(market.db, [buyer.address, seller.address])).toMatchObject([{ account: buyer.address, auth: keys.auth }]);
	for (let i = 0; i < 2; i++) await client.put(`/api/follows/${shopId}`);
	expect(await client.get('/api/follows')).toMatchObject([{ id: shopId.toString(), slug: 'told-shop' }]);
	expect(await seller.client.get('/api/follows')).toEqual([]);
	await expect(client.put('/api/follows/987654')).rejects.toMatchObject({ code: 'Shop_Unknown' });
	await expect(market.client().put(`/api/follows/${shopId}`)).rejects.toMatchObject({ code: 'Session_Required' });

	const begin = async () => {
		const wish = { shopId: shopId.toString(), title: { en: 'Tonight' }, scheduledAt: market.now() + 600, bag: [] };
		const { id } = await seller.client.post<ShowView>('/api/live/shows', wish);
		await seller.client.post(`/api/live/${id}/start`);
		return id;
	};
	const first = await begin();
	const told = () => pushed.map(({ body }) => (body as { url: string }).url);
	await vi.waitFor(() => expect(told()).toEqual([`/live/${first}`]), { timeout: 8000 });
	expect(await client.get<ShowView[]>('/api/live/reminders')).toMatchObject([{ id: first }]);
	expect((await client.fetch(`/api/follows/${shopId}`, { method: 'DELETE' })).status).toBe(204);
	await begin();
	const onError = (error: unknown) => expect.fail(String(error));
	expect(await tellReminders({ db: market.db, push, now: () => market.now(), publish: () => undefined, onError })).toBe(0);
	expect(told()).toEqual([`/live/${first}`]);
});

test('default: who waits for something sold out is told once when there are pieces again', async () => {
	const { client } = buyer;
	const terms = await ordinaryTerms(seller, { unitPrice: 1000n, shippingPrice: 0n });
	const listingId = await publishListing(seller, { shopId, terms: [terms], stocks: [0] });
	const other = await publishListing(seller, { shopId, terms: [terms], stocks: [0] });
	const [red, blue] = [listingId, other].map((id) => offerIdOf(id, 0).toString()) as [string, string];
	const setStock = (offerId: string, stock: number) =>
		seller.execute([
			{
				to: market.deployment.contracts.catalog,
				data: encodeFunctionData({ abi: catalogAbi, functionName: 'setStock', args: [BigInt(offerId), stock] }),
			},
		]);
	const told = () => pushed.map(({ body }) => (body as { url: string }).url).filter((url) => url.startsWith('/p/'));
	const keys = { p256dh: 'B'.repeat(87), auth: 'c'.repeat(22) };
	await client.put('/api/push-subscriptions', { endpoint: 'https://fcm.googleapis.com/tablet', keys, locale: 'zh-CN' });
	const before = (await client.get<Unread>('/api/unread')).notifications;
	for (const offerId of [red, blue, blue]) await client.put(`/api/waits/${offerId}`);
	expect((await client.get<Wait[]>('/api/waits')).map(({ id }) => id).sort()).toEqual([red, blue].sort());
	expect((await client.fetch(`/api/waits/${blue}`, { method: 'DELETE' })).status).toBe(204);
	await setStock(blue, 3);
	await setStock(red, 2);
	await vi.waitFor(() => expect(told()).toEqual([`/p/${listingId}`]), { timeout: 8000 });
	expect(await client.get('/api/waits')).toEqual([]);
	expect(await market.reads.shop.backInStock(buyer.address)).toMatchObject([{ id: red, listingId: listingId.toString(), unread: true }]);
	expect((await client.get<Unread>('/api/unread')).notifications).toBe(before + 1);
	await client.put('/api/waits/seen');
	expect((await client.get<Unread>('/api/unread')).notifications).toBe(before);
	const onError = (error: unknown) => expect.fail(String(error));
	const tell = () => tellBack({ db: market.db, push, now: () => market.now(), publish: () => undefined, onError });
	expect(await tell()).toBe(0);
	await expect(client.put('/api/waits/42')).rejects.toMatchObject({ code: 'Catalog_UnknownListing' });
	await expect(market.client().put(`/api/waits/${red}`)).rejects.toMatchObject({ code: 'Session_Required' });
	// Beyond the bound nothing is taken.
	await market.db.query('insert into shop.waits (account, offer_id, at) select $1, n, 0 from generate_series(1, $2) n', [buyer.address, MAX_WAITS]);
	await expect(client.put(`/api/waits/${blue}`)).rejects.toMatchObject({ code: 'Shop_TooManyWaits' });
});
