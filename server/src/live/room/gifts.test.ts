import { once } from 'node:events';
import type { GiftBody, Notice, RoomFrame, ShowView } from '@kaishi/protocol/live';
import { shopAccountOf } from '@kaishi/protocol/shop';
import type { Hex } from 'viem';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { openShop, openTab, openTestMarket, ordinaryTerms, type PasskeyUser, TabBuyer, type TestMarket } from '../../../../testkit/src/index.ts';
import { tellOnce } from './told.ts';

const UNIT = 1_000_000n;
let market: TestMarket;
let host: PasskeyUser;
let fan: PasskeyUser;
let tab: TabBuyer;
let show: ShowView;
let shopId: bigint;

beforeAll(async () => {
	market = await openTestMarket();
	[host, fan] = await Promise.all([market.passkeyUser(), market.passkeyUser()]);
	shopId = await openShop(host, { slug: 'tea-stage' });
	const { currency } = await ordinaryTerms(host);
	tab = new TabBuyer(await openTab(fan, { currency, amount: 40n * UNIT }));
	await Promise.all([host.signIn(), fan.signIn()]);
	show = await host.client.post<ShowView>('/api/live/shows', { shopId: shopId.toString(), title: { en: 'Tea tonight' }, scheduledAt: market.now() + 60 });
	await host.client.post(`/api/live/${show.id}/start`);
});
afterAll(() => market?.close());

const give = (purchaseId: Hex, gift: GiftBody['gift'], by = fan) => by.client.post(`/api/live/${show.id}/gifts`, { purchaseId, gift });

test('default: a gift is told once, and only where the tip pays for it', async () => {
	const socket = new WebSocket(`${market.url.replace('http', 'ws')}/api/live/${show.id}/room`, { headers: { origin: market.url } });
	const notices: Notice[] = [];
	const heard = once(socket, 'message');
	socket.on('message', (data) => {
		for (const event of (JSON.parse(data.toString()) as RoomFrame).events) if (event.kind === 'notice') notices.push(event.notice);
	});
	await heard;
	const small = await tab.tip(shopAccountOf(shopId), UNIT);
	await expect(give(small, 'lantern')).rejects.toMatchObject({ code: 'Live_GiftNotPaid' });
	for (let i = 0; i < 2; i++) await give(small, 'tea');
	await give(await tab.tip(shopAccountOf(shopId), 10n * UNIT), 'dragon');
	await vi.waitFor(() => expect(notices.at(-1)).toMatchObject({ kind: 'gift', gift: 'dragon' }), { timeout: 8000 });
	expect(notices.map((notice) => notice.kind === 'gift' && notice.gift)).toEqual(['tea', 'dragon']);
	socket.terminate();
});

test('error: a tip of another, to another, or of yesterday', async () => {
	const refused = { code: 'Live_NotYourOrder' };
	const tip = await tab.tip(shopAccountOf(shopId), UNIT);
	await expect(give(tip, 'tea', host)).rejects.toMatchObject(refused);
	await expect(give(await tab.tip(host.address, UNIT), 'tea')).rejects.toMatchObject(refused);
	await market.advance(121);
	await expect(give(tip, 'tea')).rejects.toMatchObject(refused);
});

test('behavior: servers that are asked at the same time tell it once; where telling failed it is told later', async () => {
	const told: string[] = [];
	const tell = (about: string, work = async () => void told.push(about)) => tellOnce(market.db, about, market.now(), work);
	await Promise.all([tell('a win'), tell('a win'), tell('a win')]);
	await expect(tell('a gift', () => Promise.reject(new Error('nobody leads')))).rejects.toThrow('nobody leads');
	await tell('a gift');
	expect(told).toEqual(['a win', 'a gift']);
});
