import { once } from 'node:events';
import { type ClipView, type EngineView, type PlayTicket, type PublishTicket, type ShowView, ticketProtocols } from '@kaishi/protocol/live';
import type { UploadedMedia } from '@kaishi/protocol/platform/media';
import { shopRoles } from '@kaishi/protocol/shop';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { readMoof } from '../../../server/src/live/media/mp4/read-boxes.ts';
import { openTestEncoder } from '../../../server/src/live/media/rtmp/test-encoder.ts';
import { createTestPublisher } from '../../../server/src/live/media/test-publisher.ts';
import { drawTestPicture } from '../../../server/src/platform/media/test-pictures.ts';
import type { PasskeyUser, TestMarket } from '../index.ts';
import { employ, openShop, openTestMarket, ordinaryTerms, publishListing } from '../index.ts';

let market: TestMarket;
let seller: PasskeyUser;
let shopId: string;
let lantern: string;

beforeAll(async () => {
	market = await openTestMarket({ config: { whip: { ports: [42_300, 42_400], address: null } } });
	seller = await market.passkeyUser();
	const shop = await openShop(seller, { slug: 'lantern-lane' });
	shopId = String(shop);
	lantern = String(await publishListing(seller, { shopId: shop, terms: [await ordinaryTerms(seller)] }));
});
afterAll(() => market.close());

const openSocket = (path: string, ticket: string | undefined) =>
	new WebSocket(`${market.url.replace('http', 'ws')}${path}`, ticketProtocols(ticket ?? ''), { origin: market.url });

async function scheduleShow(): Promise<string> {
	const title = { en: 'Lanterns tonight' };
	return (await seller.client.post<ShowView>('/api/live/shows', { shopId, title, scheduledAt: market.now() + 60, cover: null, bag: [lantern] })).id;
}

async function beginShow(): Promise<string> {
	const showId = await scheduleShow();
	await seller.client.post(`/api/live/${showId}/start`, {});
	return showId;
}

async function publish(showId: string) {
	const { url, ticket } = await seller.client.post<PublishTicket>(`/api/live/${showId}/publish-ticket`, { door: 'browser' });
	const socket = openSocket(url, ticket);
	const publisher = createTestPublisher(socket);
	await once(socket, 'open');
	return publisher;
}

test('default: a show is published, watched over both ways, ended, and stands as a recording', async () => {
	const showId = await beginShow();
	await seller.client.put(`/api/live/${showId}/pin`, { listingId: lantern });
	const host = await publish(showId);
	host.configure();
	for (let i = 0; i < 75; i++) host.picture(i);
	const { sources } = await market.client().post<PlayTicket>(`/api/live/${showId}/play-ticket`, {});
	const watching = openSocket(sources[0]!.url, sources[0]!.ticket);
	const bytes: Buffer[] = [];
	watching.on('message', (data: Buffer, isBinary) => isBinary && bytes.push(data));
	await vi.waitFor(() => expect(bytes.length).toBe(1 + 15));
	const body = new Uint8Array(await drawTestPicture(320, 180).jpeg().toBuffer());
	const { media } = (await (await seller.client.fetch('/api/media', { method: 'POST', body })).json()) as UploadedMedia;
	const wish = { lastMs: 1000, poster: media.cid };
	const lastSecond = await vi.waitFor(() => seller.client.post<ClipView>(`/api/live/${showId}/clips`, wish));
	expect(lastSecond).toMatchObject({ fromMs: 1000, durationMs: 1000, poster: { cid: media.cid, width: 320 }, listingId: lantern });
	expect((await fetch(`${market.url}/og/clip/${lastSecond.id}.png`)).status).toBe(200);
	const playlist = await fetch(`${market.url}${sources[1]!.url}`);
	expect(await playlist.text()).toContain('RESOLUTION=640x360\nr0/live.m3u8');
	const live = await (await fetch(`${market.url}/api/live/${showId}/hls/r0/live.m3u8`)).text();
	expect(live).toContain('#EXT-X-PART:DURATION=');
	const closed = once(watching, 'close');
	await seller.client.post(`/api/live/${showId}/end`, {});
	expect((await closed)[0]).toBe(1000);
	const recording = await vi.waitFor(async () => {
		const answer = await fetch(`${market.url}/api/live/${showId}/recording/index.m3u8`);
		expect(answer.status).toBe(200);
		const text = await answer.text();
		expect(text).toContain('#EXT-X-ENDLIST');
		return text;
	});
	const seconds = [...recording.matchAll(/#EXTINF:([\d.]+)/g)].reduce((sum, [, one]) => sum + Number(one), 0);
	expect(seconds).toBeCloseTo(2.5, 1);
	const range = await fetch(`${market.url}/api/live/${showId}/recording/media.mp4`, { headers: { range: 'bytes=4-7' } });
	expect([range.status, await range.text()]).toEqual([206, 'ftyp']);
	const ended = await vi.waitFor(async () => {
		const show = await market.client().get<ShowView>(`/api/live/${showId}`);
		expect(show.replay).not.toBeNull();
		return show;
	});
	expect(ended.replay?.durationMs).toBe(2500);
	const clip = await seller.client.post<ClipView>(`/api/live/${showId}/clips`, { fromMs: 1100, toMs: 2100 });
	expect(clip).toMatchObject({ fromMs: 1000, durationMs: 1500, mime: 'video/mp4; codecs="avc1.42e01e,opus"', show: { id: showId } });
	expect((await market.client().get<ClipView[]>(`/api/live/${showId}/clips`)).map(({ id }) => id).sort()).toEqual([clip.id, lastSecond.id].sort());
	const removed = async (client: typeof seller.client) => (await client.fetch(`/api/live/clips/${lastSecond.id}`, { method: 'DELETE' })).status;
	expect([await removed(market.client()), await removed(seller.client)]).toEqual([401, 204]);
	await expect(market.client().get(`/api/live/clips/${lastSecond.id}`)).rejects.toMatchObject({ code: 'Live_NoReplay' });
	const cut = Buffer.from(await (await fetch(market.url + clip.url)).arrayBuffer());
	const moof = cut.indexOf('moof', 0, 'latin1') - 4;
	expect(readMoof(cut.subarray(moof, moof + cut.readUInt32BE(moof)))?.[0]).toMatchObject({ startUs: 0, isKey: true });
	const guest = await market.passkeyUser();
	await guest.signIn();
	await seller.client.patch(`/api/live/${showId}`, { coHosts: [guest.address] });
	for (const path of [`clips/${clip.id}`, `${showId}/recording`])
		expect((await guest.client.fetch(`/api/live/${path}`, { method: 'DELETE' })).status, 'a guest of one evening').toBe(403);
	await expect(seller.client.post(`/api/live/${showId}/clips`, { fromMs: 0, toMs: 61_000 })).rejects.toMatchObject({ code: 'Request_Invalid' });
	const before = await market.fingerprints();
	await market.reindex();
	expect(await market.fingerprints()).toEqual(before);
	expect((await seller.client.fetch(`/api/live/${showId}/recording`, { method: 'DELETE' })).status).toBe(204);
	expect((await market.client().get<ShowView>(`/api/live/${showId}`)).replay).toBeNull();
	expect((await fetch(`${market.url}/api/live/${showId}/recording/media.mp4`)).status).toBe(404);
	expect((await fetch(market.url + clip.url, { headers: { range: 'bytes=0-9' } })).status).toBe(206);
});

test('behavior: an encoder sends by its stream key, and no more once that was rotated', async () => {
	const showId = await beginShow();
	const { url, key } = await seller.client.post<PublishTicket>(`/api/live/${showId}/publish-ticket`, { door: 'rtmp' });
	const encoder = await openTestEncoder(Number(new URL(url).port), key!);
	expect(encoder.statuses).toEqual(['NetStream.Publish.Start']);
	encoder.configure();
	for (let i = 0; i < 5; i++) encoder.picture(i * 33, i === 0);
	await vi.waitFor(async () =>
		expect(await seller.client.get(`/api/live/${showId}/health`)).toMatchObject({ live: true, renditions: [{ id: 0, height: 360 }] }),
	);
	const closed = once(encoder.socket, 'close');
	const rotated = await seller.client.post<PublishTicket>(`/api/live/${showId}/stream-key/rotate`, {});
	await closed;
	expect(rotated.key).not.toBe(key);
	expect((await openTestEncoder(Number(new URL(url).port), key!)).statuses).toEqual(['NetStream.Publish.BadName']);
	expect((await openTestEncoder(Number(new URL(url).port), rotated.key!)).statuses).toEqual(['NetStream.Publish.Start']);
});

test('behavior: an encoder may knock at the door for WebRTC with the same key, and with no other', async () => {
	const showId = await beginShow();
	const view = await seller.client.get<EngineView>(`/api/live/${showId}/engine`);
	expect(view).toEqual({ name: 'embedded', doors: ['browser', 'rtmp', 'whip'], recorded: true });
	await expect(market.client().get(`/api/live/${showId}/engine`)).rejects.toMatchObject({ code: 'Session_Required' });
	const { url, key } = await seller.client.post<PublishTicket>(`/api/live/${showId}/publish-ticket`, { door: 'whip' });
	expect(url).toBe(`${market.url}/api/live/${showId}/whip`);
	const knock = (token?: string) =>
		fetch(url, { method: 'POST', headers: { ...(token && { Authorization: `Bearer ${token}` }), 'Content-Type': 'application/sdp' }, body: 'no offer' });
	expect([(await knock()).status, (await knock(`${showId}-guessed`)).status, (await knock(key)).status]).toEqual([401, 401, 400]);
	expect((await fetch(`${url}/00000000-0000-4000-8000-000000000000`, { method: 'DELETE', headers: { Authorization: `Bearer ${key}` } })).status).toBe(404);
});

test('behavior: what a host sends before the show, nobody sees; a paused show stands still', async () => {
	const showId = await scheduleShow();
	const host = await publish(showId);
	host.configure();
	for (let i = 0; i < 45; i++) host.picture(i);
	await vi.waitFor(async () => expect(await seller.client.get(`/api/live/${showId}/health`)).toMatchObject({ live: true }));
	const statusOf = async (path: string) => (await fetch(`${market.url}/api/live/${showId}/${path}`)).status;
	for (const path of ['hls/index.m3u8', 'hls/r0/live.m3u8', 'recording/index.m3u8', 'recording/media.mp4']) expect(await statusOf(path)).toBe(409);
	await seller.client.post(`/api/live/${showId}/start`, {});
	await vi.waitFor(() => expect(host.texts).toContainEqual({ type: 'keyframe', rendition: 0 }));
	const listOf = async () => (await fetch(`${market.url}/api/live/${showId}/hls/r0/live.m3u8`)).text();
	expect(await listOf()).not.toContain('#EXT-X-PART:');
	for (let i = 60; i < 80; i++) host.picture(i);
	await vi.waitFor(async () => expect(await listOf()).toContain('0.0.m4s'));
	await seller.client.post(`/api/live/${showId}/pause`, {});
	await vi.waitFor(async () => expect(await seller.client.get(`/api/live/${showId}/health`)).toMatchObject({ live: false }));
	const paused = await listOf();
	for (let i = 90; i < 120; i++) host.picture(i);
	await seller.client.post(`/api/live/${showId}/resume`, {});
	await vi.waitFor(async () => expect(await seller.client.get(`/api/live/${showId}/health`)).toMatchObject({ live: true }));
	expect(await listOf()).toBe(paused);
	await seller.client.post(`/api/live/${showId}/end`, {});
});

test('behavior: whoever loses the role is off the air, also with a stream key', async () => {
	const showId = await beginShow();
	const staff = await market.passkeyUser();
	await staff.signIn();
	await employ(seller, BigInt(shopId), staff.address, shopRoles.live);
	const { url, key } = await staff.client.post<PublishTicket>(`/api/live/${showId}/publish-ticket`, { door: 'rtmp' });
	const encoder = await openTestEncoder(Number(new URL(url).port), key!);
	expect(encoder.statuses).toEqual(['NetStream.Publish.Start']);
	const closed = once(encoder.socket, 'close');
	await employ(seller, BigInt(shopId), staff.address, 0);
	await closed;
	expect((await openTestEncoder(Number(new URL(url).port), key!)).statuses).toEqual(['NetStream.Publish.BadName']);
	const fresh = await seller.client.post<PublishTicket>(`/api/live/${showId}/publish-ticket`, { door: 'rtmp' });
	expect((await openTestEncoder(Number(new URL(url).port), fresh.key!)).statuses).toEqual(['NetStream.Publish.Start']);
	await seller.client.post(`/api/live/${showId}/end`, {});
});

test('error: only who may host gets a ticket to publish', async () => {
	const showId = await beginShow();
	const stranger = await market.passkeyUser();
	await stranger.signIn();
	await expect(stranger.client.post(`/api/live/${showId}/publish-ticket`, { door: 'browser' })).rejects.toThrow(/Live_NotHost/);
});
