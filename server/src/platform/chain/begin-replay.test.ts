import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Hex } from 'viem';
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { beginReplay } from './begin-replay.ts';
import { type ExecutedBlock, type Executor, openEdr } from './executor.ts';
import { Journal, openJournalFile } from './journal.ts';
import type { Genesis, JournalRecord } from './journal-record.ts';
import { executeBlock, HastyReplayError, Replay } from './replay.ts';
import { newDataDir, signTransfer } from './test-chain.ts';

const account = privateKeyToAccount(generatePrivateKey());
const genesis: Genesis = { chainId: 31_337, timestamp: 1_800_000_000, accounts: [{ address: account.address, balance: 10n ** 18n }] };

let dataDir: string;
beforeEach(() => {
	dataDir = newDataDir();
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

/** A journal of these blocks, as a chain would have written it. */
async function history(blocks: readonly Hex[][]): Promise<{ records: JournalRecord[]; head: ExecutedBlock }> {
	const executor = openEdr(genesis);
	let head = await executor.head();
	const records: JournalRecord[] = [{ kind: 'genesis', ...genesis }];
	for (const [i, transactions] of blocks.entries()) {
		const content = { timestamp: genesis.timestamp + i + 1, prevRandao: `0x${'0'.repeat(63)}${i % 10}` as Hex, transactions };
		records.push({ kind: 'block', number: head.number + 1n, parentHash: head.hash, ...content });
		head = await executeBlock(executor, content);
	}
	await executor.close();
	return { records, head };
}

async function writeDown(records: readonly JournalRecord[]): Promise<void> {
	const journal = await Journal.open(await openJournalFile(join(dataDir, 'chain/journal')), async () => 'keep');
	for (const record of records) await journal.append(record);
	await journal.close();
}

async function headOf(replay: Replay, records: readonly JournalRecord[]): Promise<ExecutedBlock> {
	for (const [i, record] of records.entries()) await replay.apply(record, i === records.length - 1);
	return replay.result().head;
}

const transfers = (from: number, count: number) => Promise.all(Array.from({ length: count }, (_, i) => signTransfer(account, from + i)));

test('default: many blocks at a time come to the head that one after the other comes to', async () => {
	const { records, head } = await history([...(await Promise.all([0, 3, 6].map((nonce) => transfers(nonce, 3)))), ...Array.from({ length: 600 }, () => [])]);
	expect(await headOf(new Replay(openEdr, { hasty: true }), records)).toEqual(head);
	await writeDown(records);
	const begun = beginReplay(dataDir);
	await begun.underway;
	expect((await begun.done).replay.result().head).toEqual(head);
	await begun.leave();
	await begun.leave();
	await beginReplay(dataDir).leave();
});

test('behavior: a block that seems to leave something out is refused in haste, and replayed with care', async () => {
	const { records, head } = await history([await transfers(0, 2), await transfers(2, 1), []]);
	const openForgetful = (from: Genesis): Executor => {
		const executor = openEdr(from);
		const run: Executor['run'] = async (blocks) => (await executor.run(blocks)).map((block) => ({ ...block, transactions: block.transactions.slice(1) }));
		return { ...executor, run };
	};
	await expect(headOf(new Replay(openForgetful, { hasty: true }), records)).rejects.toBeInstanceOf(HastyReplayError);
	expect(await headOf(new Replay(openForgetful), records)).toEqual(head);
});

test('error: what replays to another block is refused by its own name', async () => {
	const { records } = await history([await transfers(0, 2), await transfers(2, 1), []]);
	await writeDown(
		records.map((record) => (record.kind === 'block' && record.number === 1n ? { ...record, transactions: record.transactions.slice(1) } : record)),
	);
	const begun = beginReplay(dataDir);
	await expect(begun.done).rejects.toMatchObject({ name: 'ReplayError' });
	await begun.leave();
	await beginReplay(dataDir).leave();
});
