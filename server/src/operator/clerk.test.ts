import { keccak256, numberToHex } from 'viem';
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { clusterMigrations } from '../platform/cluster/schema.ts';
import { beginTerm } from '../platform/cluster/term.ts';
import type { OpenDatabase } from '../platform/db/open-database.ts';
import { createTestDatabase } from '../platform/db/test-database.ts';
import { type Clerk, openClerk } from './clerk.ts';
import { openJournal } from './journal.ts';
import { receiptKeyOf } from './receipts.ts';
import { signReceipts } from './sign-receipts.ts';
import { journalMigrations } from './tables.ts';
import { promiseNumber } from './test-promise.ts';

const signer = { privateKey: generatePrivateKey(), operatorId: 1, chainId: 31_337, operators: '0x00000000000000000000000000000000000000e1' } as const;

let db: OpenDatabase;
let term: number;
let clerk: Clerk;
beforeAll(async () => {
	db = await createTestDatabase([...clusterMigrations, ...journalMigrations]);
});
afterAll(() => db?.close());
beforeEach(async () => {
	await db.query('truncate operator.promises');
	term = await beginTerm(db, '');
	clerk = openClerk({ db, term, signer }, db.connection, (error) => {
		throw error;
	});
});
afterEach(() => clerk.close());

const promises = (from: number, count: number) => Array.from({ length: count }, (_, i) => promiseNumber(BigInt(from + i)));
/** Nobody has to ask for it first. Its connections are the last thing that the thread opens before it says that it is at work. */
const untilAtWork = async () => {
	const connections = "select 1 from pg_stat_activity where datname = current_database() and application_name = 'kaishi clerk' and state = 'idle'";
	await vi.waitFor(async () => expect((await db.query(connections)).rows).toHaveLength(2), { timeout: 20_000, interval: 20 });
};

test('default: few or many, here or in the thread, the same signers and nobody for what is no signature', async () => {
	const account = privateKeyToAccount(generatePrivateKey());
	const items = await Promise.all(
		Array.from({ length: 30 }, async (_, i) => {
			const digest = keccak256(numberToHex(i));
			return { digest, signature: i % 7 === 3 ? (`0x${'00'.repeat(65)}` as const) : await account.sign({ hash: digest }) };
		}),
	);
	const signers = items.map((_, i) => (i % 7 === 3 ? null : account.address.toLowerCase()));
	expect(await clerk.recover(items)).toEqual(signers);
	await untilAtWork();
	const asked = clerk.recover(items);
	clerk.standAside();
	expect(await asked).toEqual(signers);
	expect(await clerk.recover(items.slice(0, 4))).toEqual(signers.slice(0, 4));
});

test('default: what is written is signed, stands there, and counts', async () => {
	await untilAtWork();
	for (const [from, count] of [
		[1, 10],
		[11, 2],
	] as const) {
		const asked = promises(from, count);
		const sign = signReceipts(receiptKeyOf(signer));
		expect(await clerk.write(asked)).toEqual(new Map(asked.map(({ receipt }) => [receipt.orderId, sign(receipt)])));
	}
	expect((await openJournal(db, term).open()).map(({ receipt }) => receipt.position)).toEqual(Array.from({ length: 12 }, (_, i) => BigInt(i + 1)));
	expect(await clerk.lastPieces(['7'])).toEqual(new Map([['7', 12n]]));
});

test('behavior: what was under way when the clerk goes home is written once', async () => {
	await untilAtWork();
	const writing = clerk.write(promises(1, 20));
	await clerk.close();
	expect((await writing).size).toBe(20);
	expect((await openJournal(db, term).open()).length).toBe(20);
});

test('error: once another leads, nothing is written, and that is said in the words of this server', async () => {
	await untilAtWork();
	await beginTerm(db, '');
	for (const count of [2, 10]) await expect(clerk.write(promises(1, count))).rejects.toMatchObject({ code: 'Cluster_NoLeader' });
	expect(await openJournal(db, term).open()).toEqual([]);
});
