import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { publishDoors } from '@kaishi/protocol/live';
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
	/** Encoders may come in; a LiveKit server may run without the service for them. */
	hasEncoders: boolean;
	close(): Promise<void>;
}

async function openEmbedded(): Promise<Opened> {
	const directory = mkdtempSync(join(tmpdir(), 'kaishi-engine-'));
	const stage = new StageClient({ rtmp: { host: '127.0.0.1', port: 0 }, onMedia: (id, event) => engine.hear(id, event), onError: () => undefined });
	const tickets = createTickets(`0x${'42'.repeat(32)}`);
	const engine = new EmbeddedEngine({ stage, tickets, directory, maxRecordingBytes: 1e9, rtmpHost: 'localhost', hasRtmp: true, patienceSeconds: 60 });
	return {
		engine,
		hasEncoders: true,
		async close() {
			await stage.end();
			rmSync(directory, { recursive: true, force: true });
		},
	};
}

const { LIVEKIT_URL, LIVEKIT_API_KEY, LIVEKIT_API_SECRET } = process.env;

async function openLiveKitApi(): Promise<Opened> {
	const { url, close } = await openTestLiveKitApi();
	const engine = new LiveKitEngine({ url, apiKey: LIVEKIT_KEY, apiSecret: LIVEKIT_SECRET, patienceSeconds: 60, onError: () => undefined });
	return { engine, hasEncoders: true, close };
}

async function openLiveKit(): Promise<Opened> {
	const keys = { apiKey: LIVEKIT_API_KEY ?? '', apiSecret: LIVEKIT_API_SECRET ?? '' };
	const engine = new LiveKitEngine({ url: LIVEKIT_URL ?? '', ...keys, patienceSeconds: 60, onError: () => undefined });
	return { engine, hasEncoders: false, close: async () => undefined };
}

const show = { showId: '00112233445566aa', host: `0x${'1'.repeat(40)}`, record: false, keyGeneration: 0 };

function meetsTheInterface(open: () => Promise<Opened>): void {
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
		for (const door of engine.capabilities().doors.filter((one) => opened.hasEncoders || one === 'browser')) {
			const ticket = await engine.publishTicket(show.showId, show.host, door);
			expect(ticket).toMatchObject({ door, url: expect.stringMatching(/./) });
			expect(Boolean(ticket.ticket)).toBe(door === 'browser');
			expect(ticket.expiresAt).toBeGreaterThan(Date.now() / 1000 + 30);
		}
		const { sources, expiresAt } = await engine.playTicket(show.showId, 'viewer');
		expect(sources.map(({ kind }) => kind)).toEqual([...engine.capabilities().plays]);
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
}

describe('engine: embedded', () => meetsTheInterface(openEmbedded));
describe('engine: livekit by its API alone, which carries no picture', () => meetsTheInterface(openLiveKitApi));
if (!LIVEKIT_URL) process.stdout.write('skipped: the suite against a LiveKit server that runs, since LIVEKIT_URL names none\n');
describe.skipIf(!LIVEKIT_URL)('engine: livekit', () => meetsTheInterface(openLiveKit));
