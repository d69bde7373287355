import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { clusterMigrations } from '../platform/cluster/schema.ts';
import { beginTerm } from '../platform/cluster/term.ts';
import type { Database } from '../platform/db/database.ts';
import type { OpenDatabase } from '../platform/db/open-database.ts';
import { createTestDatabase } from '../platform/db/test-database.ts';
import { openJournal, type SignedPromise } from './journal.ts';
import { journalMigrations } from './tables.ts';
import { promiseNumber } from './test-promise.ts';

let db: OpenDatabase;
let term: number;
beforeAll(async () => {
	db = await createTestDatabase([...clusterMigrations, ...journalMigrations]);
});
afterAll(() => db?.close());
beforeEach(async () => {
	await db.query('truncate operator.promises');
	term = await beginTerm(db, '');
});

const promise = (position: bigint): SignedPromise => ({ ...promiseNumber(position), receiptSignature: '0x01' });
const positions = async () => (await openJournal(db, term).open()).map(({ receipt }) => receipt.position);

/** A database whose connection breaks at the first write: before it arrives, or with the answer. */
function breaking(when: 'before' | 'after'): Database {
	let broken = false;
	const cut = Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });
	return {
		...db,
		async query(sql, params) {
			if (broken) return await db.query(sql, params);
			broken = true;
			if (when === 'after') await db.query(sql, params);
			throw cut;
		},
	};
}

test('default: written in one statement, found again', async () => {
	await openJournal(db, term).append([promise(1n), promise(2n)]);
	expect(await positions()).toEqual([1n, 2n]);
});

test.each(['before', 'after'] as const)('behavior: cut off %s the write, it is written once, and only then said to be', async (when) => {
	await openJournal(breaking(when), term).append([promise(1n), promise(2n)]);
	expect(await positions()).toEqual([1n, 2n]);
});

test('error: another server leads by now: nothing is written, also when asked again after a cut', async () => {
	await beginTerm(db, 'http://other');
	await expect(openJournal(db, term).append([promise(1n)])).rejects.toMatchObject({ code: 'Cluster_NoLeader' });
	await expect(openJournal(breaking('before'), term).append([promise(1n)])).rejects.toMatchObject({ code: 'Cluster_NoLeader' });
	expect(await positions()).toEqual([]);
});

test('error: an order that was promised before stays as it was, and keeps nobody else from a promise', async () => {
	const journal = openJournal(db, term);
	await journal.append([promise(1n)]);
	const again = { ...promise(3n), receipt: { ...promise(3n).receipt, orderId: promise(1n).receipt.orderId } };
	expect(await journal.append([promise(2n), again])).toEqual(new Set([promise(2n).receipt.orderId]));
	expect(await positions()).toEqual([1n, 2n]);
	const vast = { ...promise(4n), receipt: { ...promise(4n).receipt, quantity: (1n << 64n) - 1n, piece: 0n } };
	await journal.append([vast]);
	expect(await positions()).toEqual([1n, 2n, 4n]);
});
