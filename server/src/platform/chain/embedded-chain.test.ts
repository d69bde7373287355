import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Hex } from 'viem';
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openJournalFile } from './journal.ts';
import { newDataDir, openTestChain, signTransfer } from './test-chain.ts';

let dataDir: string;
beforeEach(() => {
	dataDir = newDataDir();
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

const journalSize = () => statSync(join(dataDir, 'chain/journal')).size;

test('default: transactions that arrive together share a block, in the order of arrival', async () => {
	const { chain, keys } = await openTestChain(dataDir);
	const raws = await Promise.all(Array.from({ length: 40 }, (_, nonce) => signTransfer(keys.operator.account, nonce)));
	const receipts = await Promise.all(raws.map((raw) => chain.submit(raw)));
	expect(receipts.every((receipt) => receipt.success)).toBe(true);
	expect(new Set(receipts.map((receipt) => receipt.blockNumber)).size).toBeLessThanOrEqual(2);
	await chain.close();
});

test('behavior: replay gives the same blocks, to the hash', async () => {
	const { chain, keys } = await openTestChain(dataDir);
	for (let nonce = 0; nonce < 5; nonce++) await chain.submit(await signTransfer(keys.operator.account, nonce));
	await chain.advance(1000);
	const blocksOf = async (from: typeof chain) =>
		Promise.all(Array.from({ length: 7 }, (_, i) => from.request('eth_getBlockByNumber', [`0x${i.toString(16)}`, true])));
	const before = await blocksOf(chain);
	await chain.close();
	const again = (await openTestChain(dataDir)).chain;
	expect(await blocksOf(again)).toEqual(before);
	expect((await again.head()).number).toBe(6n);
	await again.close();
});

test('behavior: nobody can tell the hash of a block before it is cut, however quiet the chain', async () => {
	const clock = () => 1_800_000_000_000;
	const { chain } = await openTestChain(dataDir, { clock });
	await chain.advance(0);
	const { hash } = await chain.head();
	await chain.close();
	rmSync(join(dataDir, 'chain'), { recursive: true });
	const same = (await openTestChain(dataDir, { clock })).chain;
	await same.advance(0);
	expect(await same.head()).toMatchObject({ number: 1n, timestamp: 1_800_000_000n });
	expect((await same.head()).hash).not.toBe(hash);
	await same.close();
});

test('behavior: time travel and a young start survive a restart', async () => {
	let wall = 1_800_000_000_000;
	const clock = () => wall;
	const { chain } = await openTestChain(dataDir, { clock, startOffsetSeconds: -1000 });
	expect(chain.now()).toBe(1_799_999_000);
	await chain.advance(600);
	expect(chain.now()).toBe(1_799_999_600);
	expect(Number((await chain.head()).timestamp)).toBe(1_799_999_600);
	await chain.close();
	wall += 5000;
	const again = (await openTestChain(dataDir, { clock })).chain;
	expect(again.now()).toBe(1_799_999_605);
	const pending = await again.request<{ timestamp: Hex }>('eth_getBlockByNumber', ['pending', false]);
	expect(Number(pending.timestamp)).toBeGreaterThanOrEqual(1_799_999_605);
	wall -= 3_600_000;
	expect(again.now()).toBe(1_799_999_600);
	await again.close();
});

test('error: refuses by name what cannot be executed, and writes none of it down', async () => {
	const { chain, keys } = await openTestChain(dataDir);
	const poor = privateKeyToAccount(generatePrivateKey());
	const own = keys.operator.account;
	const size = journalSize();
	const code = (raw: Hex) => chain.submit(raw).then(String, (refusal: { code: string }) => refusal.code);
	expect(await code('0x02')).toBe('Chain_MalformedTransaction');
	expect(await code(await signTransfer(own, 0, { chainId: 1 }))).toBe('Chain_WrongChain');
	expect(await code(await signTransfer(own, 7))).toBe('Chain_NonceGap');
	expect(await code(await signTransfer(poor, 0))).toBe('Chain_InsufficientFunds');
	expect(await code(await signTransfer(own, 0, { maxFeePerGas: 5n }))).toBe('Chain_FeeTooLow');
	expect(await code(await signTransfer(own, 0, { gas: 20_000_000n }))).toBe('Chain_GasTooHigh');
	expect(await code(await signTransfer(own, 0, { gas: 20_000n }))).toBe('Chain_MalformedTransaction');
	expect(journalSize()).toBe(size);
	const raw = await signTransfer(own, 0);
	const [first, twin] = await Promise.all([chain.submit(raw), chain.submit(raw)]);
	expect(twin).toEqual(first);
	expect(await chain.submit(raw)).toEqual(first);
	expect(await code(await signTransfer(own, 0, { value: 2n }))).toBe('Chain_NonceUsed');
	await expect(chain.request('hardhat_setBalance', [own.address, '0x1'])).rejects.toMatchObject({ code: 'Chain_MethodNotAllowed' });
	await chain.close();
});

test('behavior: a sender who spends the same money twice in one block is refused, and the chain goes on', async () => {
	const { chain, keys } = await openTestChain(dataDir);
	const buyer = privateKeyToAccount(generatePrivateKey());
	await chain.submit(await signTransfer(keys.operator.account, 0, { to: buyer.address, value: 10n ** 18n }));
	const spend = (nonce: number) => signTransfer(buyer, nonce, { value: 8n * 10n ** 17n });
	const [one, two] = await Promise.allSettled([chain.submit(await spend(0)), chain.submit(await spend(1))]);
	expect(one.status).toBe('fulfilled');
	expect(two).toMatchObject({ status: 'rejected', reason: { code: 'Chain_InsufficientFunds' } });
	await chain.submit(await signTransfer(keys.operator.account, 1));
	const head = await chain.head();
	await chain.close();
	const again = (await openTestChain(dataDir)).chain;
	expect(await again.head()).toEqual(head);
	await again.close();
});

test('error: a full disk refuses and loses nothing; with space the chain goes on', async () => {
	let full = false;
	const openFile = async (path: string) => {
		const file = await openJournalFile(path);
		return {
			...file,
			async write(bytes: Uint8Array, position: number) {
				if (full) {
					await file.write(bytes.subarray(0, 9), position);
					throw Object.assign(new Error('no space left'), { code: 'ENOSPC' });
				}
				await file.write(bytes, position);
			},
		};
	};
	const { chain, keys } = await openTestChain(dataDir, { openFile });
	await chain.submit(await signTransfer(keys.operator.account, 0));
	const head = await chain.head();
	full = true;
	const results = await Promise.allSettled([1, 2, 3].map(async (nonce) => chain.submit(await signTransfer(keys.operator.account, nonce))));
	for (const result of results) expect(result).toMatchObject({ status: 'rejected', reason: { code: expect.stringMatching(/^Chain_(DiskFull|NonceGap)$/) } });
	expect(results[0]).toMatchObject({ reason: { code: 'Chain_DiskFull' } });
	expect(await chain.head()).toEqual(head);
	full = false;
	const receipt = await chain.submit(await signTransfer(keys.operator.account, 1));
	expect(receipt.blockNumber).toBe(2n);
	const last = await chain.head();
	await chain.close();
	const again = (await openTestChain(dataDir)).chain;
	expect(await again.head()).toEqual(last);
	await again.close();
});

test('error: a journal that replays to other blocks is refused', async () => {
	const { chain, keys } = await openTestChain(dataDir);
	for (let nonce = 0; nonce < 3; nonce++) await chain.submit(await signTransfer(keys.operator.account, nonce));
	await chain.close();
	const path = join(dataDir, 'chain/journal');
	const { decodeRecord, encodeRecord } = await import('./journal-record.ts');
	const { crc32 } = await import('node:zlib');
	const bytes = readFileSync(path);
	// Rewrites the first block's timestamp, with a right checksum: as a forger would.
	for (let at = 0; at < bytes.length; ) {
		const length = bytes.readUInt32BE(at + 4);
		const record = decodeRecord(bytes.subarray(at + 12, at + 12 + length));
		if (record.kind === 'block') {
			const forged = encodeRecord({ ...record, timestamp: record.timestamp + 1 });
			bytes.set(forged, at + 12);
			bytes.writeUInt32BE(crc32(forged), at + 8);
			break;
		}
		at += 12 + length;
	}
	writeFileSync(path, bytes);
	await expect(openTestChain(dataDir)).rejects.toThrow(/block 1 replays to 0x/);
});

test('error: other keys than the chain began with, and a second opener, are refused', async () => {
	const { chain } = await openTestChain(dataDir);
	await expect(openTestChain(dataDir)).rejects.toThrow(/already uses/);
	await chain.close();
	writeFileSync(join(dataDir, 'keys/operator'), `${generatePrivateKey()}\n`);
	await expect(openTestChain(dataDir)).rejects.toThrow(/began with other keys/);
});
