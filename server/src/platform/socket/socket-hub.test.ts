import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect as netConnect } from 'node:net';
import type { Viewer } from '@kaishi/protocol/account';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { createSocketHub, type SocketHub } from './socket-hub.ts';

const me = '0x00000000000000000000000000000000000000aA';
const ORIGIN = 'https://market.example';
let server: Server;
let hub: SocketHub;
let url: string;
let signedIn: boolean;

beforeEach(async () => {
	server = createServer();
	const viewer: Viewer = { address: me, kind: 'wallet', credentialId: null };
	signedIn = true;
	hub = createSocketHub({ publicUrl: ORIGIN, viewerOf: async (cookie) => (cookie === 'me' && signedIn ? viewer : null), heartbeatMs: 40, trustProxy: true });
	hub.attach(server);
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/api/socket`;
});
afterEach(async () => {
	hub.close();
	server.closeAllConnections();
	await new Promise((resolve) => server.close(resolve));
});

async function connect(headers: Record<string, string> = {}) {
	const socket = new WebSocket(url, { headers: { origin: ORIGIN, ...headers } });
	const heard: unknown[] = [];
	socket.on('message', (data) => heard.push(JSON.parse(data.toString())));
	await once(socket, 'open');
	return { socket, heard, ask: (message: unknown) => socket.send(JSON.stringify(message)) };
}

const news = (topic: string) => ({ topic, block: '5', event: 'OrderShipped' });
/** Until the hub has read what was sent before. */
const settle = () => new Promise((resolve) => setTimeout(resolve, 30));

describe('topics', () => {
	test('default: what one asked for, until one asks otherwise', async () => {
		const { heard, ask } = await connect();
		const order = `order:0x${'A'.repeat(64)}`;
		ask({ subscribe: ['trades', 'shop:12', order] });
		await settle();
		hub.publish([news('trades'), news('shop:13'), news(order.toLowerCase())]);
		await vi.waitFor(() => expect(heard).toEqual([news('trades'), news(order.toLowerCase())]));
		ask({ unsubscribe: ['trades'] });
		await settle();
		hub.publish([news('trades'), news('shop:12')]);
		await vi.waitFor(() => expect(heard).toHaveLength(3));
		expect(heard.at(-1)).toEqual(news('shop:12'));
	});

	test('behavior: what was said since the page was made is said once more to who begins to listen', async () => {
		const order = `order:0x${'a'.repeat(64)}`;
		hub.publish([news(order), news(`account:${me.toLowerCase()}`), news('shop:13')]);
		const late = await connect();
		late.ask({ subscribe: [order, 'shop:12'], ageMs: 5000 });
		await vi.waitFor(() => expect(late.heard).toEqual([news(order)]));
		// Once: who listens already has heard it. And whoever shows nothing older wants no news of the past.
		late.ask({ subscribe: [order], ageMs: 5000 });
		const fresh = await connect();
		fresh.ask({ subscribe: [order] });
		// Nor does it tell strangers what is an account's own.
		const stranger = await connect();
		stranger.ask({ subscribe: [`account:${me}`], ageMs: 5000 });
		await once(stranger.socket, 'close');
		await settle();
		expect([late.heard, fresh.heard, stranger.heard]).toEqual([[news(order)], [], []]);
	});

	test('behavior: who signed out hears no more of the account, and still of what is for all', async () => {
		const { heard, ask } = await connect({ cookie: 'me' });
		ask({ subscribe: [`account:${me}`, 'trades'] });
		await settle();
		hub.publish([news(`account:${me.toLowerCase()}`)]);
		await vi.waitFor(() => expect(heard).toHaveLength(1));
		signedIn = false;
		// Two heartbeats.
		await new Promise((resolve) => setTimeout(resolve, 120));
		hub.publish([news(`account:${me.toLowerCase()}`), news('trades')]);
		await vi.waitFor(() => expect(heard).toHaveLength(2));
		expect(heard.at(-1)).toEqual(news('trades'));
	});

	test('behavior: an account’s news reach its own session only', async () => {
		const own = await connect({ cookie: 'me' });
		own.ask({ subscribe: [`account:${me}`] });
		const stranger = await connect();
		stranger.ask({ subscribe: [`account:${me}`] });
		await once(stranger.socket, 'close');
		hub.publish([news(`account:${me.toLowerCase()}`)]);
		await vi.waitFor(() => expect(own.heard).toHaveLength(1));
		expect(stranger.heard).toEqual([]);
	});

	test.each([
		['not json'],
		['[]'],
		['{"subscribe":["everything"]}'],
		['{"publish":["trades"]}'],
		['{"subscribe":["trades"],"ageMs":-1}'],
		[JSON.stringify({ subscribe: Array.from({ length: 65 }, (_, i) => `shop:${i}`) })],
	])('error: %s', async (text) => {
		const { socket } = await connect();
		socket.send(text);
		const [code] = await once(socket, 'close');
		expect(code).toBe(1008);
	});

	test('error: more topics than a page needs, little by little', async () => {
		const { socket, ask } = await connect();
		ask({ subscribe: Array.from({ length: 60 }, (_, i) => `shop:${i}`) });
		ask({ subscribe: Array.from({ length: 60 }, (_, i) => `listing:${i}`) });
		await once(socket, 'close');
	});
});

describe('connection', () => {
	test.each(['https://evil.example', 'null', 'http://market.example'])('error: from %s', async (origin) => {
		const socket = new WebSocket(url, { headers: { origin } });
		const [error] = await once(socket, 'error');
		expect(String(error)).toContain('403');
	});

	test('error: a message too large', async () => {
		const { socket } = await connect();
		socket.send('x'.repeat(9000));
		await once(socket, 'close');
	});

	test.each(['//', '/x', '/api/socket/..', '*', 'http://['])('error: an upgrade of %s ends the connection, not the server', async (path) => {
		const { port } = server.address() as AddressInfo;
		const peer = netConnect(port, '127.0.0.1');
		peer.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`);
		peer.resume();
		await once(peer, 'close');
		const { socket } = await connect();
		expect(socket.readyState).toBe(WebSocket.OPEN);
	});

	test('error: one address takes some of the places, not all', async () => {
		const from = (address: string) => connect({ 'x-forwarded-for': address });
		const many = await Promise.all(Array.from({ length: 200 }, () => from('203.0.113.9')));
		const refused = await from('203.0.113.9');
		if (refused.socket.readyState === WebSocket.OPEN) await once(refused.socket, 'close');
		expect((await from('203.0.113.10')).socket.readyState).toBe(WebSocket.OPEN);
		many[0]?.socket.terminate();
		await settle();
		expect((await from('203.0.113.9')).socket.readyState).toBe(WebSocket.OPEN);
	});

	test('error: a flood of messages', async () => {
		const { socket, ask } = await connect();
		for (let i = 0; i < 600; i++) ask({ subscribe: ['trades'] });
		const [code] = await once(socket, 'close');
		expect(code).toBe(1008);
	});

	test('behavior: who answers no ping is dropped', async () => {
		const dead = new WebSocket(url, { headers: { origin: ORIGIN }, autoPong: false });
		await once(dead, 'open');
		const alive = await connect();
		await once(dead, 'close');
		await settle();
		expect(alive.socket.readyState).toBe(WebSocket.OPEN);
	});

	test('behavior: the end of the server is told', async () => {
		const { socket } = await connect();
		hub.close();
		const [code] = await once(socket, 'close');
		expect(code).toBe(1001);
	});
});
