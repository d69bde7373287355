import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serialize } from 'node:v8';
import { Refusal } from '@kaishi/protocol/platform/errors';
import { afterEach, expect, test } from 'vitest';
import { RpcError } from '../chain/rpc-error.ts';
import { createPeerCaller } from './call-peer.ts';
import { createPeerDoor, KNOCK_HEADER, type PeerDoorOptions, SEAL_HEADER } from './peer-door.ts';
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
