import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPageLimit } from './page-limit.ts';

let now = 0;
const limits = { behind: createPageLimit({ trustProxy: true, clock: () => now }), bare: createPageLimit({ trustProxy: false, clock: () => now }) };
const server = createServer((request, response) => {
	const limit = request.headers['x-bare'] ? limits.bare : limits.behind;
	if (!limit(request, response)) response.end('page');
});
let url = '';
beforeAll(async () => {
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

const ask = (path: string, headers: Record<string, string>) => fetch(`${url}${path}`, { headers });
const askMany = async (count: number, path: string, headers: Record<string, string>) => {
	const statuses: number[] = [];
	for (let i = 0; i < count; i++) statuses.push((await ask(path, headers)).status);
	return statuses.filter((status) => status === 429).length;
};

test('error: whoever asks for too many pages waits, and reads so in both languages; others and built files do not', async () => {
	const flood = { 'x-forwarded-for': '203.0.113.5' };
	expect(await askMany(300, '/p/1', flood)).toBe(0);
	const refused = await ask('/p/1', flood);
	expect(refused.status).toBe(429);
	expect(refused.headers.get('retry-after')).toBe('1');
	expect(refused.headers.get('content-type')).toContain('text/html');
	expect(await refused.text()).toMatch(/Too many pages[\s\S]*访问过于频繁/);
	expect((await ask('/_app/immutable/a.js', flood)).status).toBe(200);
	expect((await ask('/p/1', { 'x-forwarded-for': '203.0.113.6' })).status).toBe(200);
	now += 1000;
	expect((await ask('/p/1', flood)).status).toBe(200);
});

test('behavior: this machine is not counted, whatever it claims when no proxy is trusted', async () => {
	expect(await askMany(320, '/p/1', { 'x-bare': '1', 'x-forwarded-for': '203.0.113.7' })).toBe(0);
});
