import type { BagItem, ShowState, ShowView } from '@kaishi/protocol/live';
import { offerIdOf } from '@kaishi/protocol/shop';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openShop, openTestMarket, ordinaryTerms, type PasskeyUser, publishListing, type TestMarket } from '../../../testkit/src/index.ts';

let market: TestMarket;
let host: PasskeyUser;
let shopId: string;
let goods: string[];
beforeAll(async () => {
	market = await openTestMarket();
	host = await market.passkeyUser();
	const shop = await openShop(host, { slug: 'lantern-house' });
	shopId = shop.toString();
	const terms = [await ordinaryTerms(host)];
	goods = [];
	for (let i = 0; i < 2; i++) goods.push((await publishListing(host, { shopId: shop, terms })).toString());
});
afterAll(() => market?.close());

const schedule = (change: object = {}) =>
	host.client.post<ShowView>('/api/live/shows', { shopId, title: { en: 'Tea tonight' }, scheduledAt: market.now() + 600, bag: goods, ...change });

describe('a show', () => {
	test('default: is scheduled, begun, shows a product and ends', async () => {
		const made = await schedule();
		expect(made).toMatchObject({ status: 'scheduled', host: host.address, goods: 2, affiliate: null, pin: null });
		expect(made.bag[0]?.offers[0]?.offerId).toBe(offerIdOf(BigInt(goods[0] ?? ''), 0).toString());
		const live = await host.client.post<ShowState>(`/api/live/${made.id}/start`);
		expect(live).toMatchObject({ status: 'live', startedAt: expect.any(Number), endedAt: null });
		expect(await host.client.post<ShowState>(`/api/live/${made.id}/start`)).toEqual(live);
		const { pin } = await host.client.put<{ pin: unknown }>(`/api/live/${made.id}/pin`, { listingId: goods[1] });
		expect(pin).toMatchObject({ listingId: goods[1] });
		const list = await market.client().get<{ items: ShowView[] }>('/api/live?status=live');
		expect(list.items.map((show) => show.id)).toEqual([made.id]);
		const bag = await host.client.put<BagItem[]>(`/api/live/${made.id}/bag`, { listingIds: [goods[0]] });
		expect(bag.map((item) => item.listing.id)).toEqual([goods[0]]);
		expect((await market.reads.live.show(made.id))?.pin).toBeNull();
		expect(await host.client.post<ShowState>(`/api/live/${made.id}/end`)).toMatchObject({ status: 'ended' });
		expect((await market.client().get<{ items: ShowView[] }>('/api/live?status=ended')).items).toHaveLength(1);
	});

	test('behavior: its tables are a fold of its records', async () => {
		await schedule({ title: { en: 'Again', 'zh-CN': '再来' } });
		const before = await market.fingerprints();
		await market.reindex();
		expect(await market.fingerprints()).toEqual(before);
		expect(before['live.shows']).toMatch(/^2:/);
	});

	test('error: strangers, foreign goods, times long ahead, steps out of order', async () => {
		const { id } = await schedule();
		const stranger = await market.passkeyUser();
		await stranger.signIn();
		const bare = { shopId, title: { en: 'x' }, scheduledAt: market.now() };
		await expect(stranger.client.post('/api/live/shows', bare)).rejects.toMatchObject({ code: 'Live_NotHost' });
		await expect(market.client().post('/api/live/shows', bare)).rejects.toMatchObject({ code: 'Session_Required' });
		await expect(stranger.client.post(`/api/live/${id}/start`)).rejects.toMatchObject({ code: 'Live_NotHost' });
		await expect(stranger.client.get(`/api/live/${id}/desk`)).rejects.toMatchObject({ code: 'Live_NotHost' });
		await expect(host.client.post(`/api/live/${id}/pause`)).rejects.toMatchObject({ code: 'Live_WrongStep' });
		await expect(host.client.put(`/api/live/${id}/bag`, { listingIds: ['42'] })).rejects.toMatchObject({ code: 'Live_NotInBag' });
		await expect(host.client.put(`/api/live/${id}/pin`, { listingId: '42' })).rejects.toMatchObject({ code: 'Live_NotInBag' });
		await expect(schedule({ scheduledAt: market.now() + 61 * 86_400 })).rejects.toMatchObject({ code: 'Live_WrongTime' });
		await expect(host.client.get('/api/live/0123456789abcdef')).rejects.toMatchObject({ code: 'Live_UnknownShow' });
	});
});
