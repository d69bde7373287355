import { rmSync } from 'node:fs';
import type { Hono } from 'hono';
import type { Hex } from 'viem';
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Chain } from './chain.ts';
import type { OperatorKeys } from './keys.ts';
import { createRpcGuard } from './rpc-guard.ts';
import { rpcRoutes } from './rpc-route.ts';
import { newDataDir, openTestChain, signTransfer } from './test-chain.ts';

/** Jumps back to its beginning for ever. */
const ENDLESS = '0x5b5f56';
const OUT_OF_GAS = /ran out of gas/;

let dataDir: string;
let chain: Chain;
let keys: OperatorKeys;
let app: Hono;
beforeAll(async () => {
	dataDir = newDataDir();
	({ chain, keys } = await openTestChain(dataDir));
	app = rpcRoutes({ chain, clientOf: () => '203.0.113.9' });
});
afterAll(async () => {
	await chain.close();
	rmSync(dataDir, { recursive: true, force: true });
});

const ask = async (method: string, ...params: unknown[]) => {
	const response = await app.request('/rpc', { method: 'POST', body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }) });
	return (await response.json()) as { result?: unknown; error?: { code: number; message: string } };
};
const stranger = privateKeyToAccount(generatePrivateKey());
const send = async (nonce: number, change: Parameters<typeof signTransfer>[2]) =>
	await ask('eth_sendRawTransaction', await signTransfer(stranger, nonce, change));

test('default: a wallet that offers what it was told to pays little and is served', async () => {
	await chain.submit(await signTransfer(keys.operator.account, 0, { to: stranger.address, value: 10n ** 17n }));
	const tip = BigInt((await ask('eth_maxPriorityFeePerGas')).result as Hex);
	expect(await send(0, { maxPriorityFeePerGas: tip })).toHaveProperty('result');
});

test('error: transactions that would fill the journal for nothing, or the memory', async () => {
	expect((await send(1, { maxPriorityFeePerGas: 0n })).error?.message).toBe('Chain_FeeTooLow');
	expect((await send(1, { maxPriorityFeePerGas: 10n ** 9n, gas: 4_000_001n, data: ENDLESS })).error?.message).toBe('Chain_GasTooHigh');
	expect((await ask('eth_sendRawTransaction', 'nonsense')).error?.message).toBe('Chain_MalformedTransaction');
});

test.each(['0xffffff', '0x3b9aca00', undefined])('error: an endless call with gas %s ends soon', async (gas) => {
	const asked: unknown[] = [];
	const spied = { ...chain, embedded: true, request: async (_: string, params: readonly unknown[]) => asked.push(params[0]) } as unknown as Chain;
	await createRpcGuard(spied).ask('203.0.113.9', 'eth_call', [{ data: ENDLESS, ...(gas ? { gas } : {}) }, 'latest']);
	expect(asked).toEqual([{ data: ENDLESS, gas: '0x2dc6c0' }]);
	expect((await ask('eth_call', { data: ENDLESS, gas: '0x186a0' }, 'latest')).error?.message).toMatch(OUT_OF_GAS);
});

test('behavior: who has used up much of the chain’s time waits, and others do not', async () => {
	let now = 0;
	const slow = { ...chain, embedded: true, request: async () => (now += 4000) } as unknown as Chain;
	const guard = createRpcGuard(slow, () => now);
	const read = (address: string) => guard.ask(address, 'eth_blockNumber', []);
	for (let i = 0; i < 2; i++) await read('203.0.113.9');
	await expect(read('203.0.113.9')).rejects.toMatchObject({ code: 'Request_TooMany', kind: 'tooMany' });
	await read('203.0.113.10');
	await read('local');
	now += 60_000;
	await read('203.0.113.9');
});

test.each([{ blockHash: null, fromBlock: '0x0' }, { fromBlock: `0x${'0'.repeat(30)}` }, { fromBlock: 'earliest' }])(
	'error: logs of all times: %j',
	async (filter) => {
		const grown = Object.create(chain, { head: { value: async () => ({ number: 20_000n, hash: '0x', timestamp: 0n }) } }) as Chain;
		const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'eth_getLogs', params: [{ toBlock: 'latest', ...filter }] });
		const response = await rpcRoutes({ chain: grown }).request('/rpc', { method: 'POST', body });
		expect(await response.json()).toMatchObject({ error: { code: -32_005 } });
	},
);
