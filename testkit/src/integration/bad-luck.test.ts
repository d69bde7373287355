import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ShopView } from '@kaishi/protocol/shop';
import { expect, test } from 'vitest';
import { openShop } from '../actors/index.ts';
import { openTestMarket } from '../open-test-market.ts';
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
