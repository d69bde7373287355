import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import type { Viewer } from '@kaishi/protocol/account';
import { Refusal } from '@kaishi/protocol/platform/errors';
import type { Hono } from 'hono';
import { describe, expect, test } from 'vitest';
import { createHttpApp, type HttpOptions } from './app.ts';

const viewer: Viewer = { address: '0x00000000000000000000000000000000000000aA', kind: 'wallet', credentialId: null };

function open(more: Partial<HttpOptions> = {}) {
	const errors: unknown[] = [];
	let time = 0;
	const app = createHttpApp(
		{
			publicUrl: 'https://market.example',
			trustProxy: true,
			viewerOf: async (cookie) => (cookie === 'me' ? viewer : null),
			onError: (error) => errors.push(error),
			clock: () => time,
			...more,
		},
		(hono: Hono) => {
			hono.get('/api/fine', (c) => c.json({ ok: true }));
			hono.post('/api/fine', async (c) => c.json({ bytes: (await c.req.text()).length }));
			hono.post('/rpc', (c) => c.json({}));
			hono.get('/api/refused', () => {
				throw new Refusal('Shop_Unauthorized', 'forbidden', { shopId: '7' });
			});
			hono.get('/api/broken', () => {
				throw new Error('password=hunter2 at /home/secret.ts');
			});
		},
	);
	const call = async (path: string, init: RequestInit = {}) => app.request(path, { ...init, headers: { 'x-forwarded-for': '203.0.113.9', ...init.headers } });
	return { app, call, errors, pass: (ms: number) => (time += ms) };
}

describe('answers', () => {
	test('default: every answer has its id and its headers', async () => {
		const response = await open().call('/api/fine');
		expect(await response.json()).toEqual({ ok: true });
		expect(response.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
		expect(response.headers.get('x-content-type-options')).toBe('nosniff');
		expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
		expect(response.headers.get('cache-control')).toBe('no-store');
	});

	test('error: a refusal is told by its code', async () => {
		const response = await open().call('/api/refused');
		expect(response.status).toBe(403);
		expect(await response.json()).toEqual({ error: { code: 'Shop_Unauthorized', kind: 'forbidden', details: { shopId: '7' } } });
		expect(response.headers.get('x-content-type-options')).toBe('nosniff');
	});

	test('error: a failure is told to the operator, and to nobody else', async () => {
		const { call, errors } = open();
		const response = await call('/api/broken');
		expect(response.status).toBe(500);
		const text = await response.text();
		expect(text).not.toMatch(/hunter2|secret|Error/);
		expect(JSON.parse(text).error.details.requestId).toBe(response.headers.get('x-request-id'));
		expect(errors).toHaveLength(1);
	});

	test('error: an unknown path', async () => {
		const response = await open().call('/api/nothing');
		expect(response.status).toBe(404);
		expect(await response.json()).toMatchObject({ error: { code: 'Request_UnknownPath' } });
	});
});

describe('limits', () => {
	test('error: a body above the limit, declared or not', async () => {
		const { call } = open();
		const body = 'x'.repeat(300_000);
		expect((await call('/api/fine', { method: 'POST', body })).status).toBe(413);
		const stream = new Response(body).body;
		expect((await call('/api/fine', { method: 'POST', body: stream, duplex: 'half' } as RequestInit)).status).toBe(413);
	});

	test.each([
		[262_145, 413],
		[262_144, 200],
	])('behavior: JSON that says it is %i bytes long: %i', async (length, status) => {
		const headers = { 'content-type': 'application/json', 'content-length': String(length) };
		expect((await open().call('/api/fine', { method: 'POST', headers, body: 'x'.repeat(length) })).status).toBe(status);
	});

	test('error: a length beside chunks is not believed', async () => {
		const headers = { 'content-type': 'application/json', 'content-length': '1', 'transfer-encoding': 'chunked' };
		const body = new Response('x'.repeat(300_000)).body;
		expect((await open().call('/api/fine', { method: 'POST', headers, body, duplex: 'half' } as RequestInit)).status).toBe(413);
	});

	test('behavior: over the wire too, a body is whole at the limit and refused above it', async () => {
		const { app } = open();
		const server = createServer((request, response) => void getRequestListener(app.fetch, { overrideGlobalObjects: false })(request, response));
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		const send = (bytes: number, headers: Record<string, string>) =>
			new Promise<number>((resolve, reject) => {
				const to = { port: (server.address() as AddressInfo).port, host: '127.0.0.1', path: '/api/fine', method: 'POST', headers };
				const sent = request(to, (answer) => {
					answer.resume();
					resolve(answer.statusCode ?? 0);
				});
				sent.on('error', reject);
				sent.end('x'.repeat(bytes));
			});
		const most = 256 * 1024;
		expect(await send(most, { 'content-length': String(most) })).toBe(200);
		expect(await send(most + 1, { 'content-length': String(most + 1) })).toBe(413);
		// Who understates it is cut off by the parser, and never reaches the limit.
		expect(await send(10, { 'content-length': '4' }).catch(() => 400)).not.toBe(413);
		server.closeAllConnections();
		server.close();
	});

	test('behavior: writes are counted per address and per account, reads generously, and both come back with time', async () => {
		const { call, pass } = open();
		const post = (headers: Record<string, string>) => call('/api/fine', { method: 'POST', headers }).then((response) => response.status);
		const burst = await Promise.all(Array.from({ length: 130 }, () => post({})));
		expect(burst.filter((status) => status === 200)).toHaveLength(120);
		const refused = await call('/api/fine', { method: 'POST' });
		expect(await refused.json()).toMatchObject({ error: { code: 'Request_TooMany', kind: 'tooMany', details: { retryAfterSeconds: '1' } } });
		expect(await post({ 'x-forwarded-for': '203.0.113.10' })).toBe(200);
		pass(1000);
		expect(await post({})).toBe(200);
		// The same account from many addresses.
		const spread = await Promise.all(Array.from({ length: 70 }, (_, i) => post({ cookie: 'me', 'x-forwarded-for': `198.51.100.${i}` })));
		expect(spread.filter((status) => status === 200)).toHaveLength(60);
		const reads = await Promise.all(Array.from({ length: 300 }, () => call('/api/fine').then((response) => response.status)));
		expect(reads.every((status) => status === 200)).toBe(true);
	});
});

describe('origin', () => {
	test.each([
		['https://market.example', 200],
		[undefined, 200],
		['https://evil.example', 403],
		['http://market.example', 403],
		['null', 403],
	])('a change asked for from %s: %i', async (origin, status) => {
		const headers: Record<string, string> = origin === undefined ? {} : { origin };
		expect((await open().call('/api/fine', { method: 'POST', headers })).status).toBe(status);
	});

	test('behavior: reading and JSON-RPC are open to every page', async () => {
		const { call } = open();
		expect((await call('/api/fine', { headers: { origin: 'https://evil.example' } })).status).toBe(200);
		expect((await call('/rpc', { method: 'POST', headers: { origin: 'https://evil.example' } })).status).toBe(200);
	});
});
