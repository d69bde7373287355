import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { getPriority, setPriority, tmpdir } from 'node:os';
import { join } from 'node:path';
import { ticketProtocols } from '@kaishi/protocol/live';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { EmbeddedEngine } from '../media/embedded-engine.ts';
import { readIndex } from '../media/recording/recording-index.ts';
import type { StreamEvent } from '../media/stream-source.ts';
import { createTestPublisher } from '../media/test-publisher.ts';
import { createTickets } from '../media/tickets.ts';
import { StageClient } from './stage-client.ts';
import { createUpgradeDoor, type UpgradeDoor } from './upgrade-door.ts';

const showId = '00112233445566aa';
const host = `0x${'1'.repeat(40)}`;
const viewer = `0x${'2'.repeat(40)}`;
const tickets = createTickets(`0x${'42'.repeat(32)}`);
let directory: string;
let server: Server;
let stage: StageClient;
let engine: EmbeddedEngine;
let events: StreamEvent[];
let base: string;
let door: UpgradeDoor;
let hosts: string[];
let failures: string[];

beforeEach(async () => {
	directory = mkdtempSync(join(tmpdir(), 'kaishi-live-'));
	events = [];
	failures = [];
	stage = new StageClient({
		rtmp: null,
		onMedia: (id, event) => engine.hear(id, event),
		onError: (error) => void failures.push(String(error)),
	});
	engine = new EmbeddedEngine({ stage, tickets, directory, maxRecordingBytes: 1e9, rtmpHost: 'localhost', hasRtmp: false, patienceSeconds: 1 });
	engine.onEvent((_, event) => events.push(event));
	hosts = [host];
	door = createUpgradeDoor({
		publicUrl: 'https://market.example',
		trustProxy: false,
		viewerOf: async () => null,
		tickets,
		mayPublish: async (_, account) => hosts.includes(account),
		stage: () => stage,
		passOn: async () => Promise.reject(new Error('nobody else')),
	});
	server = createServer();
	server.on('upgrade', (request, socket, head) => door.take(request, socket as Socket, head));
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	base = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
	await engine.open({ showId, host, record: true, keyGeneration: 0 });
});
afterEach(async () => {
	await stage.end();
	server.closeAllConnections();
	await new Promise((resolve) => server.close(resolve));
	rmSync(directory, { recursive: true, force: true });
});

async function publish() {
	const { url, ticket } = await engine.publishTicket(showId, host, 'browser');
	const socket = new WebSocket(`${base}${url}`, ticketProtocols(ticket ?? ''));
	const publisher = createTestPublisher(socket);
	await once(socket, 'open');
	return publisher;
}

async function watch(query = '') {
	const [source] = (await engine.playTicket(showId, viewer)).sources;
	const socket = new WebSocket(`${base}${source?.url}${query}`, ticketProtocols(source?.ticket ?? ''));
	const texts: { type: string; [key: string]: unknown }[] = [];
	const bytes: Buffer[] = [];
	socket.on('message', (data: Buffer, isBinary) => (isBinary ? bytes.push(data) : texts.push(JSON.parse(data.toString()))));
	await once(socket, 'open');
	return { socket, texts, bytes };
}

test('default: what the host sends reaches who watches, from the key picture on', async () => {
	const host = await publish();
	await vi.waitFor(() => expect(host.texts).toContainEqual({ type: 'ready' }));
	host.configure();
	for (let i = 0; i < 10; i++) host.picture(i);
	const late = await watch();
	await vi.waitFor(() => expect(late.bytes).toHaveLength(1 + 10));
	expect(late.texts[0]).toMatchObject({ type: 'init', mime: 'video/mp4; codecs="avc1.42e01e,opus"', rendition: 0 });
	expect(late.bytes[0]?.toString('latin1', 4, 8)).toBe('ftyp');
	host.picture(10);
	await vi.waitFor(() => expect(late.bytes).toHaveLength(12));
	expect(late.bytes[11]?.toString('latin1', 4, 8)).toBe('moof');
	expect(events).toMatchObject([{ type: 'started' }]);
});

test('behavior: the stage goes before the process that begins it, where that may be said', async () => {
	await stage.whereabouts();
	const [pid, own] = [stage.pid ?? 0, getPriority()];
	const priority = getPriority(pid);
	expect(priority).toBe(mayRaise(pid, own - 6) ? own - 5 : own);
});

function mayRaise(pid: number, priority: number): boolean {
	try {
		setPriority(pid, priority);
		return true;
	} catch {
		return false;
	}
}

test('behavior: a host who is gone is waited for, and comes back on the same timeline', async () => {
	const first = await publish();
	first.configure();
	first.picture(0);
	const watching = await watch();
	await vi.waitFor(() => expect(watching.bytes).toHaveLength(2));
	first.socket.terminate();
	await vi.waitFor(() => expect(watching.texts).toContainEqual({ type: 'away' }));
	const second = await publish();
	second.configure();
	second.picture(0);
	await vi.waitFor(() => expect(watching.texts.at(-1)).toMatchObject({ type: 'init' }));
	expect(watching.texts.map(({ type }) => type)).toEqual(['init', 'away', 'back', 'init']);
	second.socket.terminate();
	await vi.waitFor(() => expect(events.at(-1)?.type).toBe('recorded'), 10_000);
	expect(events.map(({ type }) => type)).toEqual(['started', 'away', 'back', 'away', 'ended', 'recorded']);
	expect(events.at(-2)).toMatchObject({ reason: 'timeout' });
});

test('behavior: a stage that fails says why, loses nothing that was recorded, and another takes its place', async () => {
	const first = await publish();
	first.configure();
	for (let i = 0; i < 90; i++) first.picture(i, { key: i % 30 === 0 });
	const watching = await watch();
	await vi.waitFor(() => expect(watching.bytes.length).toBeGreaterThan(1));
	const { pid } = stage;
	server.removeAllListeners('upgrade');
	// Nothing that the market's process ever sends.
	server.once('upgrade', (request, socket) => {
		const adoption = { kind: 'watch', showId, account: null, address: '', url: request.url ?? '', headers: {} } as Parameters<StageClient['adopt']>[0];
		stage.adopt(adoption, socket as Socket, () => undefined);
	});
	const lost = once(watching.socket, 'close');
	new WebSocket(base).on('error', () => undefined);
	await lost;
	await vi.waitFor(() => expect([pid, null]).not.toContain(stage.pid), 10_000);
	expect(failures).toEqual([expect.stringMatching(/the stage failed: TypeError/), 'Error: the stage died']);
	expect((await readIndex(join(directory, showId))).filter(({ kind }) => kind === 'segment')).toHaveLength(3);
	server.on('upgrade', (request, socket, head) => door.take(request, socket as Socket, head));
	const second = await publish();
	second.configure();
	second.picture(0);
	const again = await watch();
	await vi.waitFor(() => expect(again.bytes).toHaveLength(2));
});

test('behavior: whoever may no longer host is off the air, and does not come back', async () => {
	const publisher = await publish();
	await door.recheck();
	publisher.say({ type: 'ping', at: 1 });
	await vi.waitFor(() => expect(publisher.texts.at(-1)).toMatchObject({ type: 'pong' }));
	hosts = [];
	const closed = once(publisher.socket, 'close');
	await door.recheck();
	await closed;
	expect(publisher.texts.at(-1)).toEqual({ type: 'closed', reason: 'kicked' });
	await expect(publish()).rejects.toThrow('403');
});

test.each([
	['watch', 'no ticket', 'none'],
	['publish', 'a ticket to watch', tickets.issue('watch', showId, viewer, Date.now() / 1000 + 60)],
	['publish', 'a ticket of somebody who may no longer host', tickets.issue('publish', showId, viewer, Date.now() / 1000 + 60)],
	['watch', 'a ticket for another show', tickets.issue('watch', 'ffffffffffffffff', viewer, Date.now() / 1000 + 60)],
	['watch', 'a ticket of yesterday', tickets.issue('watch', showId, viewer, Date.now() / 1000 - 60)],
])('error: %s with %s', async (kind, _, ticket) => {
	const socket = new WebSocket(`${base}/api/live/${showId}/${kind}`, ticketProtocols(ticket));
	const [error] = await once(socket, 'error');
	expect(String(error)).toContain('403');
});
