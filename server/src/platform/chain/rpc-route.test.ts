import { rmSync } from 'node:fs';
import type { Hono } from 'hono';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Chain } from './chain.ts';
import type { OperatorKeys } from './keys.ts';
import { openRemoteChain } from './remote-chain.ts';
import { rpcRoutes } from './rpc-route.ts';
import { newDataDir, openTestChain, signTransfer } from './test-chain.ts';

let dataDir: string;
let chain: Chain;
let keys: OperatorKeys;
let app: Hono;
beforeAll(async () => {
	dataDir = newDataDir();
	({ chain, keys } = await openTestChain(dataDir));
	app = rpcRoutes({ chain });
});
afterAll(async () => {
	await chain.close();
	rmSync(dataDir, { recursive: true, force: true });
});

const post = async (body: unknown) => {
	const response = await app.request('/rpc', {
		method: 'POST',
		body: typeof body === 'string' ? body : JSON.stringify(body),
		headers: { 'content-type': 'application/json', origin: 'https://explorer.example' },
	});
	return { status: response.status, headers: response.headers, body: response.status === 204 ? null : await response.json() };
};
const ask = (method: string, params: unknown[] = [], id: unknown = 1) => ({ jsonrpc: '2.0', id, method, params });

test('default: answers any page', async () => {
	const { body, headers } = await post(ask('eth_chainId'));
	expect(body).toEqual({ jsonrpc: '2.0', id: 1, result: '0x7a69' });
	expect(headers.get('access-control-allow-origin')).toBe('*');
	expect(headers.get('access-control-allow-credentials')).toBeNull();
});

test('behavior: batches keep their order; notifications get no answer', async () => {
	const { body } = await post([ask('eth_blockNumber', [], 'a'), { jsonrpc: '2.0', method: 'eth_chainId' }, ask('net_version', [], 7)]);
	expect(body).toMatchObject([{ id: 'a' }, { id: 7, result: '31337' }]);
	expect((await post({ jsonrpc: '2.0', method: 'eth_chainId' })).status).toBe(204);
});

test('behavior: a wallet may send by itself', async () => {
	const raw = await signTransfer(keys.arbitrator.account, 0);
	const { body } = await post(ask('eth_sendRawTransaction', [raw]));
	expect((await post(ask('eth_getTransactionReceipt', [body.result]))).body.result).toMatchObject({ status: '0x1' });
	const refused = await post(ask('eth_sendRawTransaction', [await signTransfer(keys.arbitrator.account, 9)]));
	expect(refused.body.error).toMatchObject({ code: -32_000, message: 'Chain_NonceGap' });
});

test.each(['hardhat_setBalance', 'evm_mine', 'eth_sendTransaction', 'eth_accounts', 'debug_traceTransaction', 'eth_sign', 'constructor'])(
	'error: %s is not offered',
	async (method) => {
		expect((await post(ask(method))).body.error).toMatchObject({ code: -32_601 });
	},
);

test('error: malformed, oversized and boundless requests in JSON-RPC form', async () => {
	expect(await post('{')).toMatchObject({ status: 400, body: { error: { code: -32_700 } } });
	expect((await post({ method: 'eth_chainId' })).body.error.code).toBe(-32_600);
	expect((await post([])).body.error.code).toBe(-32_600);
	expect((await post(Array.from({ length: 51 }, () => ask('eth_chainId')))).body.error.code).toBe(-32_600);
	expect((await post(JSON.stringify(ask('eth_chainId', ['x'.repeat(600_000)])))).status).toBe(413);
	expect((await post(ask('eth_getBalance', ['nonsense']))).body.error.code).toBe(-32_602);
	expect((await post(ask('eth_sendRawTransaction', [{ evil: true }]))).body.error.message).toBe('Chain_MalformedTransaction');
});

test('behavior: a remote chain over this route reads, sends and waits for receipts', async () => {
	const over = ((url: string, init: RequestInit) => app.request(new URL(url).pathname, init)) as typeof fetch;
	const remote = await openRemoteChain({ rpcUrl: 'http://node.example/rpc', fetch: over, pollMs: 20 });
	const heads: bigint[] = [];
	remote.onBlock((head) => heads.push(head.number));
	const receipt = await remote.submit(await signTransfer(keys.operator.account, 0));
	expect(receipt.success).toBe(true);
	expect((await remote.head()).number).toBe(receipt.blockNumber);
	expect(heads).toContain(receipt.blockNumber);
	await remote.close();
});

test('error: a dead remote chain is unreachable, after several tries, without telling its address', async () => {
	let tries = 0;
	const dead = (() => {
		tries++;
		return Promise.reject(new TypeError('fetch failed'));
	}) as typeof fetch;
	const refusal = await openRemoteChain({ rpcUrl: 'http://secret-key.example/', fetch: dead, attempts: 3 }).catch((error: unknown) => error);
	expect(refusal).toMatchObject({ code: 'Chain_Unreachable', kind: 'unavailable' });
	expect(String(refusal)).not.toContain('secret');
	expect(tries).toBe(3);
});
