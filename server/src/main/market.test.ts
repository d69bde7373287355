import { once } from 'node:events';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { offerIdOf } from '@kaishi/protocol/shop';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { buy, findFreePort, openShop, openTestMarket, ordinaryTerms, publishListing, type TestMarket } from '../../../testkit/src/index.ts';
import { createTestDatabase } from '../platform/db/test-database.ts';
import { domainMigrations } from './domains.ts';
import { openMarket, serveMarket } from './index.ts';

let market: TestMarket;
beforeAll(async () => {
	market = await openTestMarket();
});
afterAll(() => market?.close());

describe('a market', () => {
	test('default: says that it is well', async () => {
		const health = await market.client().get<Record<string, unknown>>('/api/health');
		expect(health).toMatchObject({ ok: true, database: true, projecting: true, leads: true, head: health.projected });
	});

	test('default: describes itself to whoever asks', async () => {
		const info = await market.info();
		expect(info).toMatchObject({ embedded: true, rpcUrl: `${market.url}/rpc`, feeBps: 0, clockOffset: expect.any(Number) });
		expect(Math.abs(info.clockOffset)).toBeLessThan(5);
		await market.advance(3600);
		expect((await market.info()).clockOffset).toBeGreaterThan(3590);
	});

	test('behavior: a sale is heard by those it concerns', async () => {
		const [seller, buyer] = [await market.passkeyUser(), await market.walletUser()];
		const terms = await ordinaryTerms(seller);
		const shopId = await openShop(seller, { slug: 'heard-shop' });
		const listingId = await publishListing(seller, { shopId, terms: [terms] });
		const socket = new WebSocket(`${market.url.replace('http', 'ws')}/api/socket`, { headers: { origin: market.url } });
		const heard: { topic: string; event: string }[] = [];
		socket.on('message', (data) => heard.push(JSON.parse(data.toString())));
		await once(socket, 'open');
		socket.send(JSON.stringify({ subscribe: [`shop:${shopId}`, 'trades'] }));
		await wait(50);
		await buy(buyer, { offerId: offerIdOf(listingId, 0), terms });
		await vi.waitFor(() =>
			expect(heard.map(({ topic, event }) => `${topic} ${event}`).toSorted()).toEqual([`shop:${shopId} OrderPlaced`, 'trades OrderPlaced']),
		);
		socket.terminate();
	});

	test('behavior: bodies may come in pieces of unknown length, up to the limit', async () => {
		const send = async (text: string, path = '/api/session/challenge') => {
			const body = new Blob([text]).stream();
			const init = { method: 'POST', body, duplex: 'half', headers: { 'content-type': 'application/json' } } as RequestInit;
			return (await market.client().fetch(path, init)).status;
		};
		expect(await send('{}')).toBe(200);
		expect(await send('{"message":"x","signature":"0x"}', '/api/session/wallet')).toBe(400);
		expect(await send('x'.repeat(400_000), '/api/session/wallet')).toBe(413);
	});

	test('error: a data directory that is in use, and the market that uses it goes on', async () => {
		await expect(openMarket({ config: market.config })).rejects.toMatchObject({ name: 'DataLockedError' });
		expect((await market.client().get<{ ok: boolean }>('/api/health')).ok).toBe(true);
	});
});

test('error: pages are not for the taking without end', async () => {
	const crowded = await openTestMarket({ loadWeb: async () => (_, response) => response.end('page') });
	const statuses: number[] = [];
	for (let i = 0; i < 400; i++) statuses.push((await fetch(`${crowded.url}/p/7`, { headers: { 'x-forwarded-for': '203.0.113.9' } })).status);
	expect(statuses.slice(0, 300)).not.toContain(429);
	expect(statuses).toContain(429);
	await crowded.close();
});

test('behavior: on the way out requests are finished, sockets told, and the data directory is free again', async () => {
	const dataDir = mkdtempSync(join(tmpdir(), 'kaishi-serve-'));
	const port = await findFreePort();
	const config = { ...market.config, dataDir, port, publicUrl: `http://localhost:${port}` };
	const opened = await openMarket({ config, database: await createTestDatabase(domainMigrations) });
	let seen = '';
	const serving = await serveMarket({
		market: opened,
		webHandler: (request, response) => {
			seen = request.url ?? '';
			setTimeout(() => response.end('page'), 200);
		},
	});
	expect((globalThis as Record<symbol, unknown>)[Symbol.for('kaishi.market')]).toBe(opened);
	const kept = (await fetch(`${serving.url}/api/health`)).headers.get('keep-alive');
	expect(kept, 'clients hang up first, not the server while they ask').toBe('timeout=65');
	const socket = new WebSocket(`ws://localhost:${port}/api/socket`, { headers: { origin: config.publicUrl } });
	await once(socket, 'open');
	const page = fetch(`${serving.url}/p/7?x=1`);
	await wait(100);
	const closing = serving.close();
	const [code] = await once(socket, 'close');
	expect(code).toBe(1001);
	expect(await (await page).text()).toBe('page');
	expect(seen).toBe('/p/7?x=1');
	await closing;
	await expect(fetch(`${serving.url}/api/health`)).rejects.toThrow();
	const again = await openMarket({ config, database: await createTestDatabase(domainMigrations) });
	await again.close();
	rmSync(dataDir, { recursive: true, force: true });
});

test('error: when the chain cannot be opened, the database that was opened beside it is closed again', async () => {
	const dataDir = mkdtempSync(join(tmpdir(), 'kaishi-foreign-'));
	mkdirSync(join(dataDir, 'chain'));
	// Another market's: it began with other keys.
	copyFileSync(join(market.config.dataDir, 'chain', 'journal'), join(dataDir, 'chain', 'journal'));
	const database = await createTestDatabase(domainMigrations);
	await expect(openMarket({ config: { ...market.config, dataDir }, database })).rejects.toMatchObject({ name: 'ReplayError' });
	await expect(database.query('select 1')).rejects.toThrow();
	rmSync(dataDir, { recursive: true, force: true });
});
