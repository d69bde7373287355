import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { catalogAbi } from '@kaishi/protocol/generated/catalog';
import type { IntentAnswer, IntentRequest, SignedReceipt } from '@kaishi/protocol/operator';
import { Refusal } from '@kaishi/protocol/platform/errors';
import { offerIdOf } from '@kaishi/protocol/shop';
import { encodeFunctionData, type Hex, keccak256, stringToHex } from 'viem';
import { expect, test } from 'vitest';
import {
	depositInto,
	draftOrder,
	MarketClient,
	openShop,
	openTab,
	ordinaryTerms,
	PasskeyUser,
	publishListing,
	receiptKept,
	signIntent,
	WalletUser,
} from '../actors/index.ts';
import { spawnMarket } from '../process/spawn-market.ts';

const KILLS = 4;
const PIECES = 40;

test(`a receipt outlives its server: killed ${KILLS} times while receipts are handed out, every one is honoured and the same intent gets the same one`, {
	timeout: 300_000,
}, async () => {
	const dataDir = mkdtempSync(join(tmpdir(), 'kaishi-receipts-'));
	let market = await spawnMarket({ dataDir, durable: true, quiet: true });
	const port = Number(new URL(market.url).port);
	try {
		const client = new MarketClient(market.url);
		const seller = new WalletUser(client, keccak256(stringToHex('receipts survive: seller')));
		const bank = await PasskeyUser.register(new MarketClient(market.url));
		await bank.client.post('/api/faucet', { account: bank.address });
		const shopId = await openShop(seller, { slug: 'receipts-survive' });
		const terms = await ordinaryTerms(seller, { unitPrice: 10_000n, shippingPrice: 0n });
		const offerId = offerIdOf(await publishListing(seller, { shopId, terms: [terms], stocks: [PIECES] }), 0);
		const { contracts, operator } = await client.market();
		const until = (await client.now()) + 86_400;
		const pledge = encodeFunctionData({ abi: catalogAbi, functionName: 'pledge', args: [offerId, operator?.id ?? 0, until] });
		await seller.execute([{ to: contracts.catalog, data: pledge }]);
		const buyer = new WalletUser(new MarketClient(market.url), keccak256(stringToHex('receipts survive: buyer')));
		await depositInto(bank, terms.currency, 1_000_000n, buyer.address);
		const tab = await openTab(buyer, { currency: terms.currency, amount: 1_000_000n, seconds: 86_400 });

		const receipts = new Map<Hex, SignedReceipt>();
		const unanswered: IntentRequest[] = [];
		const send = async (intent: IntentRequest) => {
			try {
				const { orderId, receipt } = await new MarketClient(market.url).post<IntentAnswer>('/api/intents', intent);
				if (receipt) receipts.set(orderId, receipt);
			} catch (error) {
				if (error instanceof Refusal && error.kind !== 'unavailable') throw error;
				unanswered.push(intent);
			}
		};
		for (let kill = 0; kill < KILLS; kill++) {
			const intents = await Promise.all(Array.from({ length: 8 }, async () => signIntent(tab, await draftOrder(buyer, { offerId, terms }))));
			const before = receipts.size;
			const sending = intents.map(send);
			// Some have their receipt, none of those stands on the chain for sure.
			while (receipts.size === before) await new Promise((resolve) => setTimeout(resolve, 1));
			await market.kill();
			await Promise.all(sending);
			market = await spawnMarket({ dataDir, durable: true, quiet: true, port });
		}
		const promised = new Map(receipts);
		for (const intent of unanswered.splice(0)) await send(intent);
		expect(receipts.size).toBe(KILLS * 8);
		for (const [orderId, receipt] of receipts) {
			const kept = await receiptKept(new MarketClient(market.url), orderId);
			expect(kept).toMatchObject({ status: 'placed', signature: receipt.signature });
			expect(await market.ask.stateOnChain(orderId)).toBe('placed');
		}
		expect(await market.ask.missingOrders([...receipts.keys()])).toEqual([]);
		expect(promised.size).toBeGreaterThanOrEqual(KILLS);
		expect(new Set([...receipts.values()].map(({ receipt }) => receipt.piece)).size).toBe(receipts.size);
		expect(new Set([...receipts.values()].map(({ receipt }) => receipt.position)).size).toBe(receipts.size);
	} finally {
		await market.close();
		rmSync(dataDir, { recursive: true, force: true });
	}
});
