import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { orderIdOf } from '@kaishi/protocol/order';
import { zeroAddress } from 'viem';
import { expect, test } from 'vitest';
import { ensureDeployment } from '../chain/deploy.ts';
import { loadKeys } from '../chain/keys.ts';
import { createOperator } from '../chain/operator.ts';
import { openRemoteChain } from '../chain/remote-chain.ts';
import { rpcRoutes } from '../chain/rpc-route.ts';
import { newDataDir, openTestChain } from '../chain/test-chain.ts';
import { openRelayer } from './open-relayer.ts';
import { openShopCall, openStall, signOrder, stateOf, type TestMarket, TestPasskey, testOrder, testTerms, testWallet } from './test-market.ts';

/** A node of somebody else's: the market only has its JSON-RPC. */
async function openNode() {
	const dataDir = newDataDir();
	const { chain, keys } = await openTestChain(dataDir);
	const route = rpcRoutes({ chain });
	const tokens = await ensureDeployment({ chain, keys, dataDir });
	let dead = false;
	const call = ((url: string, init: RequestInit) =>
		dead ? Promise.reject(new TypeError('fetch failed')) : route.request(new URL(url).pathname, init)) as typeof fetch;
	return {
		chain,
		keys,
		token: tokens.currencies[0]?.address ?? zeroAddress,
		fetch: call,
		setDead: (value: boolean) => {
			dead = value;
		},
		async close() {
			await chain.close();
			rmSync(dataDir, { recursive: true, force: true });
		},
	};
}

test('behavior: a market on a real chain, from nothing to a placed order, through a dead node', async () => {
	const node = await openNode();
	const dataDir = mkdtempSync(join(tmpdir(), 'kaishi-remote-'));
	const keys = loadKeys(dataDir);
	await createOperator(node.chain, node.keys.operator.account).send({ to: keys.operator.account.address, value: 10n ** 20n });
	const currenciesFile = join(dataDir, 'currencies.json');
	writeFileSync(currenciesFile, JSON.stringify([{ address: node.token, symbol: 'tUSD', name: 'Kaishi Test Dollar', decimals: 6, iso: 'USD' }]));

	const chain = await openRemoteChain({ rpcUrl: 'http://node.example/rpc', fetch: node.fetch, pollMs: 20, attempts: 3 });
	const deployment = await ensureDeployment({ chain, keys, dataDir, currenciesFile });
	expect(deployment.contracts.faucet).toBeNull();
	expect(deployment.currencies.map((currency) => currency.symbol)).toEqual(['tUSD', 'ETH']);
	expect(deployment.startBlock).toBeGreaterThan(0);
	expect(await ensureDeployment({ chain, keys, dataDir, currenciesFile })).toEqual(deployment);

	const operator = createOperator(chain, keys.operator.account);
	const relayer = openRelayer({ chain, deployment, operator, waitForProjection: async () => undefined });
	const market = { dataDir, chain, deployment, operator, relayer } as TestMarket;
	const seller = await TestPasskey.create(market);
	const terms = testTerms(market, { currency: zeroAddress });
	const offer = await openStall(market, seller, 'far-away', terms, 5);
	expect(offer).toBeGreaterThan(0n);
	const stranger = await TestPasskey.create(market);
	await expect(relayer.userOperation(stranger.operation([openShopCall(market, stranger.address, 'far-away')]))).rejects.toMatchObject({
		code: 'Shop_SlugTaken',
	});
	const wallet = testWallet();
	const order = testOrder(offer, terms, wallet.address);
	await expect(relayer.order(order, await signOrder(market, wallet, order))).rejects.toMatchObject({ code: expect.stringMatching(/^(Vault|OrderBook)_/) });
	expect(await stateOf(market, orderIdOf(order, chain.chainId, deployment.contracts.orderBook))).toBe(0);
	await expect(relayer.faucet(wallet.address)).rejects.toMatchObject({ code: 'Faucet_NotAvailable' });

	node.setDead(true);
	await expect(relayer.userOperation(stranger.operation([openShopCall(market, stranger.address, 'too-far')]))).rejects.toMatchObject({
		code: 'Chain_Unreachable',
		kind: 'unavailable',
	});
	node.setDead(false);
	const again = await relayer.userOperation(stranger.operation([openShopCall(market, stranger.address, 'too-far')]));
	expect(again.created.shopIds).toHaveLength(1);

	await chain.close();
	await node.close();
	rmSync(dataDir, { recursive: true, force: true });
}, 60_000);
