import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { Refusal } from '@kaishi/protocol/platform/errors';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { createJsonDoor, type JsonDoor } from './json-door.ts';
import { openQuickLane, type QuickLane } from './quick-lane.ts';

let server: Server;
let door: JsonDoor;
let lane: QuickLane;
let url: string;
let held: PromiseWithResolvers<void> | null = null;
let isOver = false;
const byNode: string[] = [];

beforeEach(async () => {
	held = null;
	isOver = false;
	byNode.length = 0;
	server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			byNode.push(`${request.method} ${request.url} ${Buffer.concat(chunks).toString()}`);
			response.end('node');
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	door = createJsonDoor({
		publicUrl: url,
		trustProxy: true,
		rate: { burst: 3, perSecond: 0.001 },
		maxBytes: 100,
		onError: () => {},
		ready: {
			essenceOf: (body) => body === 'ready',
			answer: (isReady) => (isReady || isOver ? { status: 409, text: '{"ready":"好"}' } : null),
		},
		hold: () => held?.promise ?? null,
		busy: (ahead) => new Refusal('Operator_Busy', 'unavailable', { ahead: String(ahead) }),
		mostWaiting: 2,
		async answer(body) {
			if (body === 'refuse') throw new Refusal('Catalog_SoldOut', 'conflict', { left: '0' });
			return { heard: body };
		},
	});
	lane = openQuickLane(server, new Map([['POST /quick', door]]));
});
afterEach(async () => {
	lane.destroy();
	server.closeAllConnections();
	await new Promise((resolve) => server.close(resolve));
});

function release() {
	const { resolve } = held as PromiseWithResolvers<void>;
	held = null;
	resolve();
}

/** So many have been read and wait. */
async function untilRead(many: number): Promise<void> {
	while (door.waiting < many || door.unread.waiting > 0) await new Promise((resolve) => setImmediate(resolve));
}

const post = (body: string, headers: Record<string, string> = {}) => fetch(`${url}/quick`, { method: 'POST', body, headers });
const asText = (body: string, ...headers: string[]) =>
	[`POST /quick HTTP/1.1`, 'Host: a', ...headers, `Content-Length: ${Buffer.byteLength(body)}`, '', body].join('\r\n');

/** A bare connection and everything it has been told. */
async function open(): Promise<{ socket: Socket; heard(): string; until(words: string): Promise<void> }> {
	const socket = connect({ port: (server.address() as AddressInfo).port, host: '127.0.0.1' });
	socket.on('error', () => {});
	let heard = '';
	socket.on('data', (chunk: Buffer) => {
		heard += chunk.toString();
	});
	await once(socket, 'connect');
	return {
		socket,
		heard: () => heard,
		async until(words) {
			while (!heard.includes(words)) await once(socket, 'data');
		},
	};
}

test('default: answered without Node’s listener, with the headers of every answer, again and again over one connection', async () => {
	for (const [body, status, told] of [
		['{"a":1}', 200, { heard: { a: 1 } }],
		['"refuse"', 409, { error: { code: 'Catalog_SoldOut', kind: 'conflict', details: { left: '0' } } }],
		['"ready"', 409, { ready: '好' }],
		['{', 400, { error: { code: 'Request_InvalidJson', kind: 'invalid', details: {} } }],
	] as const) {
		const response = await post(body);
		expect([response.status, await response.json()]).toEqual([status, told]);
		expect(Object.fromEntries(response.headers)).toMatchObject({
			'content-type': 'application/json',
			'cache-control': 'no-store',
			'x-content-type-options': 'nosniff',
			'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
			'x-request-id': expect.stringMatching(/^[\w-]{36}$/),
		});
	}
	expect((await post('1', { origin: 'https://elsewhere.example' })).status).toBe(403);
	expect((await post('1', { origin: url })).status).toBe(200);
	expect(byNode).toEqual([]);
});

test('behavior: limits count the address that a trusted proxy names', async () => {
	const statuses = [];
	for (let i = 0; i < 4; i++) statuses.push((await post('1', { 'x-forwarded-for': '10.0.0.1, 203.0.113.7' })).status);
	expect(statuses).toEqual([200, 200, 200, 429]);
	expect((await post('1', { 'x-forwarded-for': '203.0.113.7, 203.0.113.8' })).status).toBe(200);
});

test('behavior: whatever else a connection asks is Node’s, from its first byte on', async () => {
	const { socket, heard, until } = await open();
	socket.write(asText('1'));
	await until('{"heard":1}');
	socket.write('GET /page HTTP/1.1\r\nHost: a\r\n\r\n');
	await until('node');
	socket.write(asText('2'));
	await once(socket, 'data');
	expect(byNode).toEqual(['GET /page ', 'POST /quick 2']);
	expect(heard().match(/HTTP\/1\.1 200 OK/g)).toHaveLength(3);
	expect(await (await fetch(`${url}/other`, { method: 'POST', body: 'x'.repeat(200_000) })).text()).toBe('node');
	expect(byNode.at(-1)).toHaveLength('POST /other '.length + 200_000);
	socket.destroy();
});

test.each([
	['a body in chunks', 'POST /quick HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n7\r\n0\r\n\r\n', '7'],
	['a body that is too long', asText('x'.repeat(101)), 'x'.repeat(101)],
	['a head that is too long', asText('7', `X-Long: ${'x'.repeat(5000)}`), '7'],
	['the older protocol', asText('7').replace('HTTP/1.1', 'HTTP/1.0'), '7'],
])('behavior: %s is Node’s to judge', async (_, request, body) => {
	const { socket, until } = await open();
	socket.write(request);
	await until('node');
	expect(byNode).toEqual([`POST /quick ${body}`]);
	socket.destroy();
});

test('behavior: requests in small pieces, and several in one', async () => {
	const { socket, heard, until } = await open();
	for (const byte of asText('{"slow":"好"}')) {
		socket.write(byte);
		await new Promise((resolve) => setImmediate(resolve));
	}
	await until('{"heard":{"slow":"好"}}');
	socket.write([asText('1'), asText('"ready"'), asText('3'), 'GET /page HTTP/1.1\r\nHost: a\r\n\r\n'].join(''));
	await until('node');
	const order = ['{"heard":1}', '{"ready":"好"}', '{"heard":3}', 'node'].map((words) => heard().indexOf(words));
	expect(order.every((at, i) => at > (order[i - 1] ?? 0))).toBe(true);
	expect(byNode).toEqual(['GET /page ']);
	socket.destroy();
});

test('behavior: while the door is held nobody is answered, and pages are', async () => {
	held = Promise.withResolvers<void>();
	const waiting = post('1');
	expect(await (await fetch(`${url}/page`)).text()).toBe('node');
	expect(await Promise.race([waiting, new Promise((resolve) => setTimeout(resolve, 50, 'waits'))])).toBe('waits');
	release();
	expect(await (await waiting).json()).toEqual({ heard: 1 });
});

test('behavior: whoever waits is read meanwhile, told no at once if it cannot be read, and gets what is ready by then', async () => {
	held = Promise.withResolvers<void>();
	const waiting = post('1');
	expect((await post('{')).status).toBe(400);
	expect((await post('1', { origin: 'https://elsewhere.example' })).status).toBe(403);
	isOver = true;
	release();
	expect(await (await waiting).json()).toEqual({ ready: '好' });
});

test('behavior: while a crowd is told the same, whoever arrives is told so on arrival, however much waits and however many come in one piece', async () => {
	held = Promise.withResolvers<void>();
	const waiting = post('1');
	await untilRead(1);
	isOver = true;
	expect(await (await post('2')).json()).toEqual({ ready: '好' });
	const { socket, heard, until } = await open();
	const many = 600;
	socket.write(`${asText('3').repeat(many)}GET /page HTTP/1.1\r\nHost: a\r\n\r\n`);
	await until('node');
	expect(heard().match(/\{"ready":"好"\}/g)).toHaveLength(many);
	expect(await Promise.race([waiting, Promise.resolve('waits')])).toBe('waits');
	release();
	expect(await (await waiting).json()).toEqual({ ready: '好' });
	socket.destroy();
});

test('behavior: who waits is answered in the order of arrival, and counted for whoever comes next', async () => {
	held = Promise.withResolvers<void>();
	const order: number[] = [];
	const people = [await open(), await open()];
	const told = people.map(({ until }, i) => until(`{"heard":{"n":${i}}}`).then(() => order.push(i)));
	for (const [i, { socket }] of people.entries()) {
		socket.write(asText(`{"n":${i}}`));
		await untilRead(i + 1);
	}
	expect(await (await post('3')).json()).toEqual({ error: { code: 'Operator_Busy', kind: 'unavailable', details: { ahead: '2' } } });
	release();
	await Promise.all(told);
	expect(order).toEqual([0, 1]);
	for (const { socket } of people) socket.destroy();
});

test('behavior: on the way out what is idle is closed, what waits is answered', async () => {
	held = Promise.withResolvers<void>();
	const [idle, busy] = [await open(), await open()];
	busy.socket.write(asText('1'));
	await new Promise((resolve) => setTimeout(resolve, 20));
	const idleClosed = once(idle.socket, 'close');
	lane.close();
	await idleClosed;
	release();
	const busyClosed = once(busy.socket, 'close');
	await busy.until('{"heard":1}');
	expect(busy.heard()).toContain('Connection: close');
	await busyClosed;
});

test('behavior: somebody may ask thousands of times ahead, and hears every answer', async () => {
	const { socket, heard, until } = await open();
	isOver = true;
	const many = 20_000;
	socket.write(`${asText('3').repeat(many)}GET /page HTTP/1.1\r\nHost: a\r\n\r\n`);
	await until('node');
	expect(heard().match(/\{"ready":"好"\}/g)).toHaveLength(many);
	socket.destroy();
});

test('error: whoever asks on and on and listens to nothing is hung up on', async () => {
	const { socket } = await open();
	isOver = true;
	socket.pause();
	let isWriting = true;
	const closed = vi.waitFor(
		() => new Promise<void>((resolve, reject) => server.getConnections((_, count) => (count === 0 ? resolve() : reject(new Error('still there'))))),
		{
			timeout: 20_000,
			interval: 10,
		},
	);
	const askOn = () => {
		while (isWriting && socket.write(asText('3').repeat(500)));
	};
	socket.on('drain', askOn);
	askOn();
	await closed;
	isWriting = false;
	socket.destroy();
});

test('error: somebody who leaves in the middle disturbs nobody', async () => {
	const leaving = await open();
	leaving.socket.write(asText('1').slice(0, 30));
	leaving.socket.resetAndDestroy();
	const ending = await open();
	ending.socket.end(asText('2'));
	await ending.until('{"heard":2}');
	expect((await post('3')).status).toBe(200);
});
