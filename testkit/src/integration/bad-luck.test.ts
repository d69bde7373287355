import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ShopView } from '@kaishi/protocol/shop';
import { expect, test } from 'vitest';
import { MarketClient, openShop, PasskeyUser } from '../actors/index.ts';
import { openTestMarket } from '../open-test-market.ts';
import { spawnMarket } from '../process/spawn-market.ts';
import { startRpcNode } from '../rpc-node.ts';
import { refusalOf } from './expectations.ts';

test('a market on another chain: its node dies, everything says so, nothing is half done; the node returns and so does trade', async () => {
	const node = await startRpcNode();
	const market = await openTestMarket({ config: { rpcUrl: node.url, operatorKey: node.fundedKey }, onError: () => undefined });
	try {
		const seller = await market.walletUser();
		await openShop(seller, { slug: 'before-the-cut' });
		await market.processAll();
		const before = await market.fingerprints();

		node.cutOff(true);
		const refusal = await refusalOf(openShop(seller, { slug: 'during-the-cut' }));
		expect(refusal.kind).toBe('unavailable');
		expect(refusal.code).toMatch(/^(Chain|Relayer)_/);
		expect((await market.client().get<ShopView>('/api/shops/before-the-cut')).slug).toBe('before-the-cut');
		expect(await market.fingerprints()).toEqual(before);

		node.cutOff(false);
		await openShop(seller, { slug: 'after-the-cut' });
		expect((await market.client().get<ShopView>('/api/shops/after-the-cut')).owner).toBe(seller.address);
	} finally {
		node.cutOff(false);
		await market.close();
		await node.close();
	}
});

/** util-linux's tool that changes another process's limits: the operating system itself then refuses to let files grow. */
const hasPrlimit = spawnSync('prlimit', ['--version']).status === 0;

test.skipIf(!hasPrlimit)('the disk is full: refused clearly, nothing half done; with room again trade goes on, and a kill -9 loses nothing', async () => {
	const dataDir = mkdtempSync(join(tmpdir(), 'kaishi-full-'));
	const limit = (pid: number | undefined, bytes: string) => execFileSync('prlimit', ['--pid', String(pid), `--fsize=${bytes}:unlimited`]);
	let market = await spawnMarket({ dataDir, durable: true, quiet: true });
	try {
		const seller = await PasskeyUser.register(new MarketClient(market.url));
		await openShop(seller, { slug: 'while-there-is-room' });
		const [before, head] = [await market.ask.fingerprints(), await market.ask.head()];

		limit(market.process.pid, String(statSync(join(dataDir, 'chain', 'journal')).size));
		const refusal = await refusalOf(openShop(seller, { slug: 'no-room-left' }));
		expect(refusal.kind).toBe('unavailable');
		expect(refusal.code).toMatch(/^(Chain|Storage|Relayer)_/);
		expect(await market.ask.fingerprints()).toEqual(before);
		expect(await market.ask.head()).toEqual(head);

		limit(market.process.pid, 'unlimited');
		await openShop(seller, { slug: 'room-again' });
		const told = await market.ask.head();
		await market.kill();
		market = await spawnMarket({ dataDir, durable: true, port: Number(new URL(market.url).port) });
		expect(await market.ask.blockHash(told.number)).toBe(told.hash);
		const client = new MarketClient(market.url);
		for (const slug of ['while-there-is-room', 'room-again']) expect((await client.get<ShopView>(`/api/shops/${slug}`)).slug).toBe(slug);
		expect((await refusalOf(client.get('/api/shops/no-room-left'))).kind).toBe('notFound');
	} finally {
		await market.close();
		rmSync(dataDir, { recursive: true, force: true });
	}
});

test('the same data directory cannot be opened twice', async () => {
	const dataDir = mkdtempSync(join(tmpdir(), 'kaishi-twice-'));
	const market = await openTestMarket({ dataDir });
	try {
		await expect(openTestMarket({ dataDir })).rejects.toThrow(/already uses|another process|locked/i);
	} finally {
		await market.close();
		rmSync(dataDir, { recursive: true, force: true });
	}
});

test('a market that was closed comes back with everything it knew', async () => {
	const dataDir = mkdtempSync(join(tmpdir(), 'kaishi-back-'));
	try {
		const first = await openTestMarket({ dataDir });
		await openShop(await first.passkeyUser(), { slug: 'still-here' });
		const [prints, head] = [await first.fingerprints(), await first.chain.head()];
		await first.close();
		const second = await openTestMarket({ dataDir });
		try {
			const block = await second.chain.request<{ hash: string }>('eth_getBlockByNumber', [`0x${head.number.toString(16)}`, false]);
			expect(block.hash).toBe(head.hash);
			expect(await second.fingerprints()).toEqual(prints);
		} finally {
			await second.close();
		}
	} finally {
		rmSync(dataDir, { recursive: true, force: true });
	}
});
