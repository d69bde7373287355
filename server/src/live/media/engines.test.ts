import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { publishDoors } from '@kaishi/protocol/live';
import { AccessToken, TokenVerifier } from 'livekit-server-sdk';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { StageClient } from '../stage/stage-client.ts';
import { EmbeddedEngine } from './embedded-engine.ts';
import type { LiveEngine } from './live-engine.ts';
import { LiveKitEngine } from './livekit-engine.ts';
import type { StreamEvent } from './stream-source.ts';
import { LIVEKIT_KEY, LIVEKIT_SECRET, openTestLiveKitApi } from './test-livekit-api.ts';
import { createTickets } from './tickets.ts';

interface Opened {
	engine: LiveEngine;
	close(): Promise<void>;
}

async function openEmbedded(): Promise<Opened> {
	const directory = mkdtempSync(join(tmpdir(), 'kaishi-engine-'));
	const stage = new StageClient({ rtmp: { host: '127.0.0.1', port: 0 }, onMedia: (id, event) => engine.hear(id, event), onError: () => undefined });
	const tickets = createTickets(`0x${'42'.repeat(32)}`);
	const engine = new EmbeddedEngine({ stage, tickets, directory, maxRecordingBytes: 1e9, rtmpHost: 'localhost', hasRtmp: true, patienceSeconds: 60 });
	return {
		engine,
		async close() {
			await stage.end();
			rmSync(directory, { recursive: true, force: true });
		},
	};
}

const { LIVEKIT_URL, LIVEKIT_API_KEY, LIVEKIT_API_SECRET } = process.env;

/** A real server where one is named, else its API alone. */
async function openLiveKit(): Promise<Opened> {
	const api = LIVEKIT_URL ? null : await openTestLiveKitApi();
	const keys = api ? { apiKey: LIVEKIT_KEY, apiSecret: LIVEKIT_SECRET } : { apiKey: LIVEKIT_API_KEY ?? '', apiSecret: LIVEKIT_API_SECRET ?? '' };
	const engine = new LiveKitEngine({ url: api?.url ?? LIVEKIT_URL ?? '', ...keys, patienceSeconds: 60 });
	return { engine, close: async () => api?.close() };
}

const show = { showId: '00112233445566aa', host: `0x${'1'.repeat(40)}`, record: false, keyGeneration: 0 };

describe.each([
	['embedded', openEmbedded],
	[LIVEKIT_URL ? 'livekit' : 'livekit, by its API alone', openLiveKit],
])('engine: %s', (_, open) => {
	let opened: Opened;
	let engine: LiveEngine;
	beforeAll(async () => {
		opened = await open();
		engine = opened.engine;
	});
	afterAll(() => opened.close());

	test('default: opens a show once, gives tickets for all its doors and plays, closes', async () => {
		const events: StreamEvent[] = [];
		const stop = engine.onEvent((id, event) => id === show.showId && events.push(event));
		expect(await engine.health(show.showId)).toBeNull();
		await engine.open(show);
		await engine.open(show);
		expect(await engine.health(show.showId)).toMatchObject({ live: false, viewers: 0 });
		for (const door of engine.capabilities().doors.filter((one) => LIVEKIT_URL === undefined || one === 'browser')) {
			const ticket = await engine.publishTicket(show.showId, show.host, door);
			expect(ticket).toMatchObject({ door, url: expect.stringMatching(/./) });
			expect(Boolean(ticket.ticket)).toBe(door === 'browser');
			expect(ticket.expiresAt).toBeGreaterThan(Date.now() / 1000 + 500);
		}
		const { sources, expiresAt } = await engine.playTicket(show.showId, 'viewer');
		expect(sources.map(({ kind }) => kind)).toEqual(engine.capabilities().plays);
		expect([...sources].sort((a, b) => a.expectedLatencyMs - b.expectedLatencyMs)).toEqual(sources);
		expect(expiresAt).toBeGreaterThan(Date.now() / 1000);
		await engine.kick(show.showId, show.host);
		await engine.close(show.showId, 'host');
		await engine.close(show.showId, 'host');
		await expect.poll(() => events.map(({ type }) => type)).toEqual(['ended']);
		stop();
	});

	test('behavior: a ticket is for one person and one show', async () => {
		const ticketOf = async (showId: string, viewer: string) => (await engine.playTicket(showId, viewer)).sources[0]?.ticket;
		const tickets = await Promise.all([ticketOf(show.showId, 'a'), ticketOf(show.showId, 'b'), ticketOf('ffffffffffffffff', 'a')]);
		expect(new Set(tickets).size).toBe(3);
	});

	test('error: a door it does not have', async () => {
		const missing = publishDoors.filter((door) => !engine.capabilities().doors.includes(door));
		for (const door of missing) await expect(engine.publishTicket(show.showId, show.host, door)).rejects.toMatchObject({ code: 'Live_UnknownDoor' });
	});
});

describe('livekit', () => {
	const engine = new LiveKitEngine({ url: 'ws://127.0.0.1:1', apiKey: LIVEKIT_KEY, apiSecret: LIVEKIT_SECRET, patienceSeconds: 60 });

	test('default: who watches may not send, who sends may send picture and sound', async () => {
		const verifier = new TokenVerifier(LIVEKIT_KEY, LIVEKIT_SECRET);
		const grants = await verifier.verify((await engine.playTicket(show.showId, 'viewer')).sources[0]?.ticket ?? '');
		expect(grants.video).toMatchObject({ room: show.showId, roomJoin: true, canPublish: false, canPublishData: false, hidden: true });
	});

	test('behavior: what LiveKit says of a host’s picture is what happens to the show, said twice or once', async () => {
		const api = await openTestLiveKitApi();
		const own = new LiveKitEngine({ url: api.url, apiKey: LIVEKIT_KEY, apiSecret: LIVEKIT_SECRET, patienceSeconds: 60 });
		const heard: string[] = [];
		own.onEvent((_, event) => heard.push(event.type));
		await own.open(show);
		const say = async (event: string, more: object = {}) => {
			const body = JSON.stringify({ event, room: { name: show.showId }, ...more });
			const token = new AccessToken(LIVEKIT_KEY, LIVEKIT_SECRET);
			token.sha256 = createHash('sha256').update(body).digest('base64');
			await own.webhook(body, await token.toJwt());
		};
		const camera = { track: { source: 'CAMERA' } };
		for (const event of ['track_published', 'track_published', 'track_unpublished', 'track_published', 'room_finished', 'room_finished'])
			await say(event, camera);
		await say('track_published', { track: { source: 'MICROPHONE' } });
		expect(heard).toEqual(['started', 'away', 'back', 'ended']);
		await api.close();
	});

	test('error: a call that LiveKit did not sign', async () => {
		const body = JSON.stringify({ event: 'room_finished', room: { name: show.showId } });
		await expect(engine.webhook(body, undefined)).rejects.toMatchObject({ code: 'Live_InvalidTicket' });
		const stranger = await new AccessToken('other', 'another-secret-of-thirty-two-bytes!').toJwt();
		await expect(engine.webhook(body, stranger)).rejects.toMatchObject({ code: 'Live_InvalidTicket' });
	});
});
