import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Refusal } from '@kaishi/protocol/platform/errors';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createJsonDoor, type ReadyAnswer } from './json-door.ts';

let server: Server;
let url: string;
const failures: unknown[] = [];

beforeAll(async () => {
	server = createServer();
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	const door = createJsonDoor({
		publicUrl: url,
		trustProxy: true,
		rate: { burst: 2, perSecond: 0.001 },
		maxBytes: 100,
		onError: (error) => failures.push(error),
		async answer(body) {
			if (body === 'refuse') throw new Refusal('Catalog_SoldOut', 'conflict', { left: '0' });
			if (body === 'fail') throw new Error('a secret');
			return { heard: body };
		},
	});
	server.on('request', door.handle);
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

const post = (body: string, headers: Record<string, string> = {}) => fetch(url, { method: 'POST', body, headers });

test('default: JSON in, JSON out, with the headers of every answer', async () => {
	const response = await post('{"a":1}');
	expect(response.status).toBe(200);
	expect(await response.json()).toEqual({ heard: { a: 1 } });
	expect(Object.fromEntries(response.headers)).toMatchObject({
		'cache-control': 'no-store',
		'x-content-type-options': 'nosniff',
		'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
		'x-request-id': expect.stringMatching(/^[\w-]{36}$/),
	});
});

test('error: refusals and failures as everywhere, and nothing of a failure outside', async () => {
	const refused = await post('"refuse"');
	expect(refused.status).toBe(409);
	expect(await refused.json()).toEqual({ error: { code: 'Catalog_SoldOut', kind: 'conflict', details: { left: '0' } } });
	const failed = await post('"fail"');
	expect(failed.status).toBe(500);
	expect(await failed.text()).not.toContain('secret');
	expect(failures.map(String)).toEqual(['Error: a secret']);
});

test('error: what is not JSON, too long, or from another page', async () => {
	expect((await post('{')).status).toBe(400);
	const long = await post(JSON.stringify('x'.repeat(200)));
	expect(long.status).toBe(413);
	expect(await long.json()).toMatchObject({ error: { code: 'Request_TooLarge', details: { limit: '100' } } });
	expect((await post('1', { origin: 'https://elsewhere.example' })).status).toBe(403);
	expect((await post('1', { origin: url })).status).toBe(200);
	expect((await post('1')).status).toBe(200);
});

test('error: more from one address than people tap', async () => {
	const statuses = [];
	for (let i = 0; i < 3; i++) statuses.push((await post('1', { 'x-forwarded-for': '203.0.113.7' })).status);
	expect(statuses).toEqual([200, 200, 429]);
	expect((await post('1', { 'x-forwarded-for': '203.0.113.8' })).status).toBe(200);
});

test('behavior: when a hold is over all who wait are served before anything else, those whom nobody has read yet, too, until there is another one', async () => {
	let held: PromiseWithResolvers<void> | null = Promise.withResolvers<void>();
	const door = createJsonDoor({
		publicUrl: url,
		trustProxy: false,
		rate: { burst: 100, perSecond: 1 },
		maxBytes: 100,
		onError: (error) => failures.push(error),
		ready: { essenceOf: (body) => body, answer: (body): ReadyAnswer | null => (held ? null : { status: 409, text: String(body) }) },
		hold: () => held?.promise ?? null,
		answer: async () => {
			throw new Error('was ready');
		},
	});
	const said: string[] = [];
	const arrive = (n: number) => door.take({ address: '203.0.113.9', origin: url, bytes: Buffer.from(String(n)) }, ({ text }) => said.push(text));
	const turn = () => new Promise<void>((resolve) => setImmediate(resolve));
	const release = async () => {
		const over = held as PromiseWithResolvers<void>;
		held = null;
		over.resolve();
		await over.promise.then(() => {});
	};
	// Nobody has had a turn since.
	for (const n of [1, 2]) arrive(n);
	for (const n of [3, 4]) door.unread.add(() => arrive(n));
	expect([said, door.waiting, door.isFree]).toEqual([[], 4, false]);
	await release();
	expect([said, door.waiting, door.isFree]).toEqual([['1', '2', '3', '4'], 0, true]);

	await turn();
	held = Promise.withResolvers<void>();
	arrive(5);
	await turn();
	door.unread.add(() => {
		held = Promise.withResolvers<void>();
	});
	door.unread.add(() => arrive(6));
	await release();
	expect([said.at(-1), door.waiting]).toEqual(['5', 1]);
});
