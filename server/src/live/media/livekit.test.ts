import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AccessToken, EgressClient, TokenVerifier } from 'livekit-server-sdk';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { StageClient } from '../stage/stage-client.ts';
import { EmbeddedEngine } from './embedded-engine.ts';
import { LiveKitArchive } from './livekit-archive.ts';
import { LiveKitEngine } from './livekit-engine.ts';
import { pictureOriginsOf } from './picture-origins.ts';
import { readIndex } from './recording/recording-index.ts';
import { openTestEncoder } from './rtmp/test-encoder.ts';
import { LIVEKIT_KEY, LIVEKIT_SECRET, openTestLiveKitApi, type TestParticipant } from './test-livekit-api.ts';
import { createTickets } from './tickets.ts';

const host = `0x${'1'.repeat(40)}`;
const show = { showId: '00112233445566aa', host, record: true, keyGeneration: 0 };
const verifier = new TokenVerifier(LIVEKIT_KEY, LIVEKIT_SECRET);
const camera: TestParticipant['tracks'][number] = { sid: 'TR_c', type: 'VIDEO', width: 1280, height: 720 };

let api: Awaited<ReturnType<typeof openTestLiveKitApi>>;
let engine: LiveKitEngine;
let heard: string[];
const errors: unknown[] = [];
/** The stage is a process of its own, which has to begin. */
const PATIENCE = { timeout: 30_000 };

const open = (archive: LiveKitArchive | null = null) => {
	const opened = new LiveKitEngine({
		url: api.url,
		apiKey: LIVEKIT_KEY,
		apiSecret: LIVEKIT_SECRET,
		patienceSeconds: 60,
		archive,
		onError: (error) => errors.push(error),
	});
	opened.onEvent((_, event) => heard.push(event.type));
	return opened;
};
const say = async (event: string, more: object = {}) => {
	const body = JSON.stringify({ event, room: { name: show.showId }, ...more });
	const token = new AccessToken(LIVEKIT_KEY, LIVEKIT_SECRET);
	token.sha256 = createHash('sha256').update(body).digest('base64');
	await engine.webhook(body, await token.toJwt());
};
const enter = (person: TestParticipant) => api.api.rooms.get(show.showId)?.set(person.identity, person);

beforeEach(async () => {
	[heard, api] = [[], await openTestLiveKitApi()];
	engine = open();
});
afterEach(async () => {
	await api.close();
	expect(errors.splice(0)).toEqual([]);
});

test('default: who watches may not send and is not seen; who sends may send picture and sound, for a minute', async () => {
	await engine.open(show);
	const watching = await verifier.verify((await engine.playTicket(show.showId, 'viewer')).sources[0]?.ticket ?? '');
	expect(watching.video).toMatchObject({ room: show.showId, roomJoin: true, canPublish: false, canPublishData: false, hidden: true });
	const other = await verifier.verify((await engine.playTicket(show.showId, 'viewer')).sources[0]?.ticket ?? '');
	expect(other.sub, 'LiveKit puts out whoever has the same name').not.toBe(watching.sub);
	const ticket = await engine.publishTicket(show.showId, host, 'browser');
	expect(ticket).toMatchObject({ engine: 'livekit', url: api.url });
	const sending = await verifier.verify(ticket.ticket ?? '');
	const canPublishSources = ['camera', 'microphone', 'screen_share', 'screen_share_audio'];
	expect(sending.video).toMatchObject({ room: show.showId, canPublish: true, canPublishSources, canPublishData: false, hidden: false });
	expect(sending.video?.roomAdmin ?? false).toBe(false);
	expect(sending.sub).toBe(host);
	expect(Number(sending.exp) - Date.now() / 1000).toBeLessThan(61);
});

test('behavior: what LiveKit says of a host’s picture is what happens to the show, said twice or once', async () => {
	await engine.open(show);
	for (const event of ['track_published', 'track_published', 'track_unpublished', 'track_published', 'room_finished', 'room_finished'])
		await say(event, { track: camera, participant: { identity: host } });
	await say('track_published', { track: { sid: 'TR_m', type: 'AUDIO' } });
	expect(heard).toEqual(['started', 'away', 'back', 'ended']);
});

test('behavior: one of two hosts leaves, the show goes on; after the other one it waits', async () => {
	await engine.open(show);
	for (const [identity, sid] of [
		[host, 'TR_1'],
		['0x2', 'TR_2'],
	])
		await say('track_published', { track: { ...camera, sid }, participant: { identity } });
	await say('participant_left', { participant: { identity: host } });
	expect(heard).toEqual(['started']);
	await say('participant_connection_aborted', { participant: { identity: '0x2' } });
	expect(heard).toEqual(['started', 'away']);
});

test('behavior: calls that were lost are made good; who may no longer send is put out', async () => {
	await engine.open(show);
	enter({ identity: host, tracks: [{ ...camera, layers: [{ quality: 'HIGH', width: 1280, height: 720, bitrate: 1_500_000 }] }] });
	await engine.recheck(async () => true);
	expect(heard).toEqual(['started']);
	expect(await engine.health(show.showId)).toMatchObject({ live: true, viewers: 0, kbps: 1500, renditions: [{ id: 0, height: 720, kbps: 1500 }] });
	await engine.recheck(async (_, account) => account !== host);
	expect(api.api.rooms.get(show.showId)?.size).toBe(0);
	await engine.recheck(async () => true);
	expect(heard).toEqual(['started', 'away']);
});

test('behavior: after a restart a host who went on sending is not away for long', async () => {
	await engine.open(show);
	enter({ identity: host, tracks: [camera] });
	heard = [];
	await open().open({ ...show, isUnderWay: true });
	expect(heard).toEqual(['back']);
});

test('behavior: a pause silences what is sent', async () => {
	await engine.open(show);
	const person = { identity: host, tracks: [{ ...camera }] };
	enter(person);
	await engine.step(show.showId, 'pause');
	expect(person.tracks[0]).toMatchObject({ muted: true });
	await engine.step(show.showId, 'resume');
	expect(person.tracks[0]).toMatchObject({ muted: false });
});

test('behavior: an encoder’s door stays the same when asked for again, and is another one after its key is changed', async () => {
	await engine.open(show);
	const [first, again] = [await engine.publishTicket(show.showId, host, 'rtmp'), await engine.publishTicket(show.showId, '0x2', 'rtmp')];
	expect(again.key).toBe(first.key);
	await engine.open({ ...show, keyGeneration: 1 });
	expect(api.api.ingresses.size).toBe(0);
	expect((await engine.publishTicket(show.showId, host, 'rtmp')).key).not.toBe(first.key);
	await engine.kick(show.showId, host);
	expect(api.api.ingresses.size).toBe(0);
});

test('behavior: without an egress nothing is recorded, and it says so', () => {
	expect(engine.capabilities()).toMatchObject({ recorded: false, plays: ['livekit'] });
});

test('behavior: with an egress the show is recorded by our own door, and plays without WebRTC', async () => {
	const directory = mkdtempSync(join(tmpdir(), 'kaishi-livekit-'));
	const stage = new StageClient({ rtmp: { host: '127.0.0.1', port: 0 }, onMedia: (id, event) => kept.hear(id, event), onError: () => undefined });
	const tickets = createTickets(`0x${'42'.repeat(32)}`);
	const kept = new EmbeddedEngine({ stage, tickets, directory, rtmpHost: 'localhost', hasRtmp: true, patienceSeconds: 60, maxRecordingBytes: 1e9 });
	const egress = new EgressClient(api.url.replace('ws', 'http'), LIVEKIT_KEY, LIVEKIT_SECRET);
	engine = open(new LiveKitArchive({ egress, engine: kept, url: 'rtmp://market.example:1935/live' }));
	await engine.open({ ...show, isEarly: true });
	await say('track_published', { track: camera, participant: { identity: host } });
	expect(api.api.egresses.size, 'nothing is kept before the show').toBe(0);
	await engine.step(show.showId, 'begin');
	const url = await vi.waitFor(() => {
		const [started] = api.api.egresses.values();
		return started?.urls[0] ?? expect.fail('no egress yet');
	}, PATIENCE);
	expect(url).toMatch(/^rtmp:\/\/market\.example:1935\/live\/00112233445566aa-/);
	expect(url, 'no key that a host was ever shown').not.toContain(tickets.streamKey(show.showId, 0));
	const { sources } = await engine.playTicket(show.showId, 'viewer');
	expect(sources.map(({ kind }) => kind)).toEqual(['livekit', 'ws-fmp4', 'll-hls']);
	const encoder = await openTestEncoder((await stage.whereabouts()).rtmpPort ?? 0, url.split('/').at(-1) ?? '');
	encoder.configure();
	for (let i = 0; i < 50; i++) encoder.picture(i * 40, i % 25 === 0);
	await vi.waitFor(async () => expect((await stage.health(show.showId))?.live).toBe(true), PATIENCE);
	await engine.close(show.showId, 'host');
	await vi.waitFor(() => expect(heard).toContain('recorded'), PATIENCE);
	expect(api.api.egresses.size).toBe(0);
	const entries = await readIndex(join(directory, show.showId));
	expect(entries.filter(({ kind }) => kind === 'segment').length).toBeGreaterThan(0);
	expect(heard).toEqual(['started', 'ended', 'recorded']);
	await stage.end();
	rmSync(directory, { recursive: true, force: true });
});

test('behavior: pages may talk to the LiveKit server that is named, and to its API, and to nobody else', () => {
	expect(pictureOriginsOf({ livekit: null })).toEqual([]);
	const livekit = { url: 'wss://livekit.example:7443/sub?x=1', apiKey: '', apiSecret: '', egressUrl: null };
	expect(pictureOriginsOf({ livekit })).toEqual(['wss://livekit.example:7443', 'https://livekit.example:7443']);
	expect(pictureOriginsOf({ livekit: { ...livekit, url: 'ws://127.0.0.1:7880' } })).toEqual(['ws://127.0.0.1:7880', 'http://127.0.0.1:7880']);
});

test('error: a call that LiveKit did not sign, and one whose words were changed', async () => {
	const body = JSON.stringify({ event: 'room_finished', room: { name: show.showId } });
	await engine.open(show);
	await expect(engine.webhook(body, undefined)).rejects.toMatchObject({ code: 'Live_InvalidTicket' });
	const stranger = await new AccessToken('other', 'another-secret-of-thirty-two-bytes!').toJwt();
	await expect(engine.webhook(body, stranger)).rejects.toMatchObject({ code: 'Live_InvalidTicket' });
	const token = new AccessToken(LIVEKIT_KEY, LIVEKIT_SECRET);
	token.sha256 = createHash('sha256').update(body).digest('base64');
	await expect(engine.webhook(body.replace('finished', 'started'), await token.toJwt())).rejects.toMatchObject({ code: 'Live_InvalidTicket' });
	expect(heard).toEqual([]);
});
