import { rmSync } from 'node:fs';
import { Refusal } from '@kaishi/protocol/platform/errors';
import { generatePrivateKey } from 'viem/accounts';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createSeal } from '../peer/seal.ts';
import type { Chain, Head } from './chain.ts';
import { type ServedChain, serveChain } from './chain-door.ts';
import type { OperatorKeys } from './keys.ts';
import { openChain } from './open-chain.ts';
import { createOperator } from './operator.ts';
import { openRemoteChain } from './remote-chain.ts';
import { RpcError } from './rpc-error.ts';
import { newDataDir, openTestChain, signTransfer } from './test-chain.ts';

let dataDir: string;
let chain: Chain;
let keys: OperatorKeys;
let served: ServedChain;
let port: number;
const serve = (at: number) => serveChain({ chain, seal: createSeal(keys.operator.privateKey), host: '127.0.0.1', port: at });
const join = async () => (await openChain({ config: { dataDir, rpcUrl: served.url, operatorKey: keys.operator.privateKey, blockMs: 20 } })).chain;
beforeAll(async () => {
	dataDir = newDataDir();
	({ chain, keys } = await openTestChain(dataDir, { startOffsetSeconds: -1000 }));
	served = await serve(0);
	port = Number(new URL(served.url).port);
});
afterAll(async () => {
	await served?.close();
	await chain?.close();
	rmSync(dataDir, { recursive: true, force: true });
});

test('default: several servers share a chain of another process, its clock and its blocks', async () => {
	const [one, other] = await Promise.all([join(), join()]);
	expect(one).toMatchObject({ embedded: true, chainId: 31_337 });
	expect(Math.abs(one.now() - chain.now())).toBeLessThan(3);
	const heads: Head[] = [];
	other.onBlock((head) => heads.push(head));
	const receipt = await createOperator(one, keys.operator.account).send({ to: keys.arbitrator.account.address, value: 5n });
	expect(receipt).toMatchObject({ success: true, logs: [] });
	expect(await other.head()).toEqual(await chain.head());
	await vi.waitFor(() => expect(heads).toContainEqual(expect.objectContaining({ number: receipt.blockNumber })));
	await other.advance(500);
	expect(Math.abs(other.now() - chain.now())).toBeLessThan(3);
	await vi.waitFor(() => expect(Math.abs(one.now() - chain.now())).toBeLessThan(3));
	await Promise.all([one.close(), other.close()]);
	await expect(one.request('eth_chainId')).rejects.toMatchObject({ code: 'Chain_Closed' });
});

test('error: refusals and reverts arrive as on the chain itself', async () => {
	const joined = await join();
	await expect(joined.request('hardhat_setBalance', [])).rejects.toMatchObject({ code: 'Chain_MethodNotAllowed', kind: 'forbidden' });
	await expect(joined.submit(await signTransfer(keys.arbitrator.account, 9))).rejects.toMatchObject({ code: 'Chain_NonceGap' });
	await expect(joined.request('eth_call', [{ data: '0xfe' }, 'latest'])).rejects.toBeInstanceOf(RpcError);
	await joined.close();
});

test('behavior: the chain’s process goes and returns: whoever asks meanwhile waits, and the same transaction is sent once', async () => {
	const joined = await join();
	const before = (await chain.head()).number;
	await served.close();
	const raw = await signTransfer(keys.arbitrator.account, 0);
	const sending = joined.submit(raw);
	served = await serve(port);
	const receipt = await sending;
	expect(receipt).toMatchObject({ success: true, blockNumber: before + 1n });
	expect(await joined.submit(raw)).toEqual(receipt);
	await joined.close();
});

test('error: another operator’s key joins nothing, and may read as anybody may', async () => {
	const other = newDataDir();
	const refusal = await openChain({ config: { dataDir: other, rpcUrl: served.url, operatorKey: generatePrivateKey(), blockMs: 20 } }).catch(
		(error: unknown) => error,
	);
	expect(refusal).toBeInstanceOf(Refusal);
	expect(refusal).toMatchObject({ code: 'Chain_Unreachable', cause: { message: expect.stringMatching(/another operator key/) } });
	const plain = await openRemoteChain({ rpcUrl: served.url });
	expect(plain.embedded).toBe(false);
	expect((await plain.head()).hash).toBe((await chain.head()).hash);
	await plain.close();
	rmSync(other, { recursive: true, force: true });
});
