import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type OrderSummary, type OrderView, orderIdOf } from '@kaishi/protocol/order';
import type { Page } from '@kaishi/protocol/platform/proof';
import { offerIdOf } from '@kaishi/protocol/shop';
import { keccak256, stringToHex } from 'viem';
import { expect, test } from 'vitest';
import { draftOrder, MarketClient, openShop, ordinaryTerms, publishListing, WalletUser } from '../actors/index.ts';
import { spawnMarket } from '../process/spawn-market.ts';

const KILLS = 20;

test(`a paid order is never invisible: killed between payment and projection ${KILLS} times, both sides find each order`, { timeout: 540_000 }, async () => {
	const dataDir = mkdtempSync(join(tmpdir(), 'kaishi-paid-'));
	let market = await spawnMarket({ dataDir, durable: true, quiet: true });
	const port = Number(new URL(market.url).port);
	try {
		const someone = (name: string) => new WalletUser(new MarketClient(market.url), keccak256(stringToHex(`paid is visible: ${name}`)));
		const [seller, buyer] = [someone('seller'), someone('buyer')];
		const shopId = await openShop(seller, { slug: 'paid-is-visible' });
		const terms = await ordinaryTerms(seller, { unitPrice: 10_000n, shippingPrice: 0n });
		const offerId = offerIdOf(await publishListing(seller, { shopId, terms: [terms], stocks: [null] }), 0);
		await buyer.client.post('/api/faucet', { account: buyer.address });
		const { chainId, contracts } = await buyer.client.market();

		const paid: string[] = [];
		for (let kill = 0; kill < KILLS; kill++) {
			const order = await draftOrder(buyer, { offerId, terms });
			const orderId = orderIdOf(order, chainId, contracts.orderBook);
			await market.ask.holdProjection();
			const placing = buyer.place(order).then(
				() => 'answered',
				() => 'nobody answered',
			);
			while ((await market.ask.stateOnChain(orderId)) === 'none') await wait(20);
			// Paid, and no table knows: the moment that loses orders elsewhere.
			expect(await market.ask.missingOrders([orderId])).toEqual([orderId]);
			await market.kill();
			expect(await placing).toBe('nobody answered');
			paid.push(orderId);
			market = await spawnMarket({ dataDir, durable: true, quiet: true, port });
		}

		for (const actor of [buyer, seller]) await actor.signIn();
		for (const orderId of paid) {
			expect(await buyer.client.get<OrderView>(`/api/orders/${orderId}`)).toMatchObject({ role: 'buyer', state: 'placed' });
			expect(await seller.client.get<OrderView>(`/api/orders/${orderId}`)).toMatchObject({ role: 'seller', state: 'placed' });
		}
		const listed = async (actor: WalletUser, query: string) =>
			(await actor.client.get<Page<OrderSummary>>(`/api/orders?${query}&limit=100`)).items.map(({ id }) => id as string).toSorted();
		expect(await listed(buyer, 'role=buyer')).toEqual(paid.toSorted());
		expect(await listed(seller, `role=shop&shopId=${shopId}`)).toEqual(paid.toSorted());
	} finally {
		await market.close();
		rmSync(dataDir, { recursive: true, force: true });
	}
});
