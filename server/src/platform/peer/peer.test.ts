import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { serialize } from 'node:v8';
import { Refusal } from '@kaishi/protocol/platform/errors';
import { afterEach, expect, test } from 'vitest';
import { RpcError } from '../chain/rpc-error.ts';
import { createPeerCaller } from './call-peer.ts';
import { createPeerDoor, KNOCK_HEADER, type PeerDoorOptions, SEAL_HEADER } from './peer-door.ts';
import { createStreamDoor, createStreamOpener } from './peer-stream.ts';
import { createSeal } from './seal.ts';

const seal = createSeal(`0x${'11'.repeat(32)}`);
const stranger = createSeal(`0x${'12'.repeat(32)}`);
let server: Server | null = null;
afterEach(() => void server?.close());

async function openDoor(methods: PeerDoorOptions['methods'], clock?: () => number): Promise<string> {
	server = createServer(createPeerDoor({ seal, methods, ...(clock ? { clock } : {}) }));
	await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test('default: amounts of any size, absent values and nested objects arrive as they were', async () => {
	const value = { total: 2n ** 255n, none: undefined, orders: [{ salt: '0x01', note: '1n' }] };
	const url = await openDoor({ echo: (given: unknown) => given });
	expect(await createPeerCaller(seal)(url, 'echo', [value])).toStrictEqual(value);
});

test('error: refusals and the chain’s own errors are carried exactly', async () => {
	const url = await openDoor({
		refuse: () => Promise.reject(new Refusal('Catalog_SoldOut', 'conflict', { left: '0' })),
		revert: () => Promise.reject(new RpcError(3, 'execution reverted', '0xabcd')),
		stumble: () => Promise.reject(new Error('a bug')),
	});
	const call = createPeerCaller(seal);
	const refusal = await call(url, 'refuse', []).catch((error: unknown) => error);
	expect(refusal).toBeInstanceOf(Refusal);
	expect(refusal).toMatchObject({ code: 'Catalog_SoldOut', kind: 'conflict', details: { left: '0' } });
	const revert = await call(url, 'revert', []).catch((error: unknown) => error);
	expect(revert).toBeInstanceOf(RpcError);
	expect(revert).toMatchObject({ code: 3, message: 'execution reverted', data: '0xabcd' });
	await expect(call(url, 'stumble', [])).rejects.toThrow(/another server failed: Error: a bug/);
	await expect(call(url, 'constructor', [])).rejects.toThrow(/no such method/);
});

test('error: another key, on either side, and a door that is not there', async () => {
	let asked = 0;
	const url = await openDoor({ count: () => ++asked });
	await expect(createPeerCaller(stranger)(url, 'count', [])).rejects.toThrow(/answered 404/);
	const forging = createPeerCaller(seal, async () => new Response(serialize({ result: 7 }), { headers: { [SEAL_HEADER]: stranger.of(Buffer.of(1)) } }));
	await expect(forging(url, 'count', [])).rejects.toThrow(/not from a server of ours/);
	await expect(createPeerCaller(seal)('http://127.0.0.1:1', 'count', [])).rejects.toMatchObject({ name: 'PeerUnreachableError' });
	expect(asked).toBe(0);
});

test('error: nothing at all is told to who has no key', async () => {
	const url = await openDoor({ count: () => 1 });
	for (const [path, init] of [
		['/peer', { method: 'GET' }],
		['/peer', { method: 'POST', body: 'x' }],
		['/peer', { method: 'POST', body: new Uint8Array(3 * 1024 * 1024), headers: { [SEAL_HEADER]: 'x' } }],
		['/', { method: 'POST', body: 'x' }],
	] as const) {
		const response = await fetch(`${url}${path}`, init).catch(() => null);
		expect([404, undefined]).toContain(response?.status);
		if (response) expect(await response.text()).toBe('');
	}
});

test('error: a stranger’s body is not waited for', async () => {
	const url = new URL(await openDoor({ count: () => 1 }));
	const asked = request(url, {
		path: '/peer',
		method: 'POST',
		headers: { 'content-length': 1_000_000, [SEAL_HEADER]: 'x', [KNOCK_HEADER]: `${Date.now()} x` },
	});
	asked.on('error', () => {});
	asked.write('only the beginning');
	const [response] = (await once(asked, 'response')) as [IncomingMessage];
	expect(response.statusCode).toBe(404);
	asked.destroy();
});

test('error: a stream opens for a server of ours alone, and a call that was overheard opens none', async () => {
	const accepted: unknown[] = [];
	const door = createServer();
	server = door;
	const said: string[] = [];
	door.prependListener('upgrade', ({ headers }: IncomingMessage) => said.push(JSON.stringify(headers)));
	door.on('upgrade', createStreamDoor({ seal, accept: (socket, method, args) => accepted.push(method, args) > 0 && socket.end('welcome') !== null }));
	await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve));
	const { port } = door.address() as AddressInfo;
	const origin = `http://127.0.0.1:${port}`;
	const answerTo = async (opening: Promise<Socket>) => {
		let text = '';
		const socket = await opening;
		socket.on('data', (bytes: Buffer) => (text += bytes.toString()));
		await once(socket, 'close');
		return text;
	};
	const { signal } = new AbortController();
	expect(await answerTo(createStreamOpener(seal)(origin, 'watch', [7n], signal))).toBe('welcome');
	expect(accepted).toEqual(['watch', [7n]]);
	expect(await answerTo(createStreamOpener(stranger)(origin, 'watch', [], signal))).toBe('');
	const again = connect(port, '127.0.0.1');
	again.on('error', () => undefined);
	const lines = Object.entries(JSON.parse(said[0] ?? '{}')).map(([name, value]) => `${name}: ${value}\r\n`);
	again.write(`GET /peer/stream HTTP/1.1\r\n${lines.join('')}\r\n`);
	expect(await answerTo(Promise.resolve(again))).toBe('');
	expect(accepted).toHaveLength(2);
	await expect(createStreamOpener(seal)('http://127.0.0.1:1', 'watch', [], signal)).rejects.toMatchObject({ name: 'PeerUnreachableError' });
});

test('error: a call that was overheard is not carried out again, nor one of long ago', async () => {
	let [asked, now] = [0, Date.now()];
	const url = await openDoor({ count: () => ++asked }, () => now);
	let overheard: RequestInit = {};
	const call = createPeerCaller(seal, (to, init) => {
		overheard = init ?? {};
		return fetch(to, init);
	});
	expect(await call(url, 'count', [])).toBe(1);
	expect((await fetch(`${url}/peer`, overheard)).status).toBe(404);
	now += 29_000;
	expect((await fetch(`${url}/peer`, overheard)).status).toBe(404);
	now += 60_000;
	expect((await fetch(`${url}/peer`, overheard)).status).toBe(404);
	await expect(call(url, 'count', [])).rejects.toThrow(/answered 404/);
	expect(asked).toBe(1);
});
