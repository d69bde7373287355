import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import type { BagItem, PublishTicket, RoomFrame, ShowDesk, ShowState, ShowView } from '@kaishi/protocol/live';
import { offerIdOf } from '@kaishi/protocol/shop';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { openShop, openTestMarket, ordinaryTerms, type PasskeyUser, publishListing, type TestMarket } from '../../../testkit/src/index.ts';
import type { PushSender } from '../platform/push/push-sender.ts';

let market: TestMarket;
let host: PasskeyUser;
let shopId: string;
let goods: string[];
const pushed: { endpoint: string; body: unknown }[] = [];
const push: PushSender = {
	publicKey: 'the-key',
	send: async ({ endpoint }, { body }) => {
		pushed.push({ endpoint, body });
		return endpoint.endsWith('gone') ? 'gone' : 'sent';
	},
};
beforeAll(async () => {
	market = await openTestMarket({ push });
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
		const having = async (listingId?: string) => (await market.reads.live.shows({ status: 'live', listingId })).items.length;
		expect([await having(goods[0]), await having('42')]).toEqual([1, 0]);
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

	test('default: who asked for it is told once that a show begins', async () => {
		const { id } = await schedule({ title: { en: 'Kiln opening', 'zh-CN': '开窑' } });
		const fan = await market.passkeyUser();
		await fan.signIn();
		expect(await fan.client.get('/api/live/push-key')).toEqual({ publicKey: 'the-key' });
		const keys = { p256dh: 'B'.repeat(87), auth: 'a'.repeat(22) };
		for (const place of ['phone', 'gone']) {
			await fan.client.put('/api/push-subscriptions', { endpoint: `https://fcm.googleapis.com/${place}`, keys, locale: 'zh-CN' });
		}
		const local = { endpoint: 'https://localhost/x', keys, locale: 'en' };
		await expect(fan.client.put('/api/push-subscriptions', local)).rejects.toMatchObject({ code: 'Request_Invalid' });
		await fan.client.put(`/api/live/${id}/reminder`);
		expect(await fan.client.get<ShowView[]>('/api/live/reminders')).toMatchObject([{ id, reminders: 1 }]);
		await host.client.post(`/api/live/${id}/start`);
		await vi.waitFor(() => expect(pushed.map(({ endpoint }) => endpoint)).toHaveLength(2), { timeout: 8000 });
		expect(pushed[0]?.body).toEqual({ title: expect.any(String), body: '正在直播：开窑', url: `/live/${id}`, tag: `show-${id}` });
		const { rows } = await market.db.query<{ endpoint: string }>('select endpoint from social_private.push_subscriptions');
		expect(rows).toEqual([{ endpoint: 'https://fcm.googleapis.com/phone' }]);
		await expect(fan.client.put(`/api/live/${id}/reminder`)).rejects.toMatchObject({ code: 'Live_WrongStep' });
		await host.client.post(`/api/live/${id}/end`);
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

describe('a co-host', () => {
	test('default: is named by the shop for one show, runs it and earns when presenting, until taken back', async () => {
		const [guest, helper] = [await market.passkeyUser(), await market.passkeyUser()];
		await Promise.all([guest.signIn(), helper.signIn()]);
		const { id } = await schedule({ coHosts: [guest.address.toLowerCase()] });
		await host.client.put(`/api/live/${id}/moderators`, { accounts: [helper.address] });
		expect(await guest.client.get('/api/live/invitations')).toMatchObject([{ show: { id }, hosts: true, accepted: false }]);
		expect(await helper.client.get('/api/live/invitations')).toMatchObject([{ show: { id }, hosts: false }]);
		expect(await guest.client.get<ShowDesk>(`/api/live/${id}/desk`)).toMatchObject({
			mayInvite: false,
			coHosts: [{ account: guest.address, name: expect.stringContaining('…'), accepted: false }],
			moderators: [{ account: helper.address }],
		});
		expect(await market.reads.live.show(id)).toMatchObject({ host: host.address, coHosts: [] });
		await expect(host.client.patch(`/api/live/${id}`, { host: guest.address })).rejects.toMatchObject({ code: 'Live_NotAccepted' });
		expect(await guest.client.post<PublishTicket>(`/api/live/${id}/publish-ticket`, { door: 'browser' })).toMatchObject({ door: 'browser' });
		// Whoever publishes has said yes.
		expect(await market.reads.live.show(id)).toMatchObject({ coHosts: [guest.address] });
		expect(await guest.client.post<ShowState>(`/api/live/${id}/start`)).toMatchObject({ status: 'live' });
		expect(await host.client.patch<ShowView>(`/api/live/${id}`, { host: guest.address })).toMatchObject({ host: guest.address, affiliate: guest.address });
		expect(await host.client.patch<ShowView>(`/api/live/${id}`, { coHosts: [] })).toMatchObject({ host: host.address, affiliate: null });
		await expect(guest.client.put(`/api/live/${id}/pin`, { listingId: goods[0] })).rejects.toMatchObject({ code: 'Live_NotHost' });
		expect(await guest.client.get('/api/live/invitations')).toEqual([]);
		await host.client.post(`/api/live/${id}/end`);
		expect(await helper.client.get('/api/live/invitations')).toEqual([]);
	});

	test('behavior: is nobody before saying yes, and nobody again after leaving', async () => {
		const guest = await market.passkeyUser();
		await guest.signIn();
		const { id } = await schedule({ coHosts: [guest.address] });
		const answer = `/api/live/${id}/invitation`;
		for (let i = 0; i < 2; i++) await guest.client.put(answer, {});
		expect(await host.client.patch<ShowView>(`/api/live/${id}`, { host: guest.address })).toMatchObject({ host: guest.address, coHosts: [guest.address] });
		// Named again: asked again.
		await host.client.patch(`/api/live/${id}`, { coHosts: [] });
		expect(await host.client.patch<ShowView>(`/api/live/${id}`, { coHosts: [guest.address] })).toMatchObject({ host: host.address, coHosts: [] });
		await guest.client.put(answer, {});
		await host.client.patch(`/api/live/${id}`, { host: guest.address });
		expect((await guest.client.fetch(answer, { method: 'DELETE' })).status).toBe(204);
		expect(await market.reads.live.show(id)).toMatchObject({ host: host.address, coHosts: [], affiliate: null });
		await expect(guest.client.put(answer, {})).rejects.toMatchObject({ code: 'Live_NotHost' });
		const before = await market.fingerprints();
		await market.reindex();
		expect(await market.fingerprints()).toEqual(before);
		await host.client.post(`/api/live/${id}/end`);
	});

	test('behavior: one shop does not fill anybody’s list, and what was accepted stands first', async () => {
		const guest = await market.passkeyUser();
		await guest.signIn();
		const ids: string[] = [];
		for (let i = 0; i < 5; i++) ids.push((await schedule({ coHosts: [guest.address], scheduledAt: market.now() + 600 + i })).id);
		const listed = async () => (await market.reads.live.invitationsOf(guest.address)).map(({ show }) => show.id);
		expect(await listed()).toEqual(ids.slice(0, 3));
		await guest.client.put(`/api/live/${ids[4]}/invitation`, {});
		expect(await listed()).toEqual([ids[4], ...ids.slice(0, 3)]);
		for (const id of ids) await host.client.post(`/api/live/${id}/end`);
	});

	test('error: guests name nobody, moderators run nothing, strangers do not present', async () => {
		const [guest, helper] = [await market.passkeyUser(), await market.passkeyUser()];
		await Promise.all([guest.signIn(), helper.signIn()]);
		const { id } = await schedule({ coHosts: [guest.address] });
		await host.client.put(`/api/live/${id}/moderators`, { accounts: [helper.address] });
		const notHost = { code: 'Live_NotHost' };
		await expect(guest.client.patch(`/api/live/${id}`, { coHosts: [guest.address, helper.address] })).rejects.toMatchObject(notHost);
		await expect(guest.client.patch(`/api/live/${id}`, { host: guest.address })).rejects.toMatchObject(notHost);
		await expect(guest.client.put(`/api/live/${id}/moderators`, { accounts: [] })).rejects.toMatchObject(notHost);
		await expect(helper.client.post(`/api/live/${id}/start`)).rejects.toMatchObject(notHost);
		await expect(helper.client.get(`/api/live/${id}/metrics`)).rejects.toMatchObject(notHost);
		await expect(host.client.patch(`/api/live/${id}`, { host: helper.address })).rejects.toMatchObject(notHost);
		await expect(host.client.patch(`/api/live/${id}`, { coHosts: [guest.address, guest.address.toLowerCase()] })).rejects.toMatchObject({
			code: 'Request_Invalid',
		});
		await expect(market.client().get('/api/live/invitations')).rejects.toMatchObject({ code: 'Session_Required' });
	});
});

describe('a room on the stage', () => {
	test('default: is entered over the market’s own port and again', async () => {
		const { id } = await schedule();
		const hello = async () => {
			const socket = new WebSocket(`${market.url.replace('http', 'ws')}/api/live/${id}/room`, {
				headers: { origin: market.url, cookie: host.client.cookieHeader() },
			});
			const frames: RoomFrame[] = [];
			socket.on('message', (data) => frames.push(JSON.parse(data.toString()) as RoomFrame));
			await vi.waitFor(() => expect(frames).not.toEqual([]), { timeout: 8000 });
			return { socket, frames };
		};
		const first = await hello();
		expect(first.frames[0]?.events[0]).toMatchObject({ kind: 'hello', show: { status: 'scheduled' }, you: { account: host.address, moderator: true } });
		await host.client.post(`/api/live/${id}/start`);
		await host.client.put(`/api/live/${id}/pin`, { listingId: goods[0] });
		await vi.waitFor(() => expect(first.frames.flatMap(({ events }) => events.map(({ kind }) => kind))).toEqual(expect.arrayContaining(['show', 'pin'])));
		const closed = once(first.socket, 'close');
		first.socket.send('nonsense');
		expect((await closed)[0]).toBe(1008);
		const again = await hello();
		expect(again.frames[0]?.events[0]).toMatchObject({ kind: 'hello', pin: { listingId: goods[0] } });
		await host.client.post(`/api/live/${id}/end`);
		again.socket.terminate();
	});

	test('error: foreign pages', async () => {
		const statusOf = async (path: string, origin: string) => {
			const socket = new WebSocket(`${market.url.replace('http', 'ws')}${path}`, { headers: { origin } });
			socket.on('error', () => undefined);
			const [, response] = (await once(socket, 'unexpected-response')) as [unknown, IncomingMessage];
			return response.statusCode;
		};
		const { id } = await schedule();
		expect(await statusOf(`/api/live/${id}/room`, 'https://evil.example')).toBe(403);
	});
});
