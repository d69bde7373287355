import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Journal, JournalDamagedError, type JournalFile, openJournalFile } from './journal.ts';
import type { JournalRecord } from './journal-record.ts';

let dir: string;
let path: string;
beforeEach(() => {
	dir = mkdtempSync(join(tmpdir(), 'kaishi-journal-'));
	path = join(dir, 'journal');
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const block = (number: bigint): JournalRecord => ({
	kind: 'block',
	number,
	timestamp: 1_760_000_000,
	parentHash: `0x${'ab'.repeat(32)}`,
	prevRandao: `0x${'cd'.repeat(32)}`,
	transactions: ['0x01', `0x${'02'.repeat(300)}`],
});
const samples: JournalRecord[] = [
	{ kind: 'genesis', chainId: 31_337, timestamp: 1_760_000_000, accounts: [{ address: `0x${'11'.repeat(20)}`, balance: 10n ** 25n }] },
	{ kind: 'clock', offsetSeconds: -86_400 },
	block(1n),
	block(2n),
];

async function readAll(file?: JournalFile): Promise<{ journal: Journal; records: JournalRecord[] }> {
	const records: JournalRecord[] = [];
	const journal = await Journal.open(file ?? (await openJournalFile(path)), async (record) => {
		records.push(record);
		return 'keep';
	});
	return { journal, records };
}

async function write(records: JournalRecord[]) {
	const { journal } = await readAll();
	for (const record of records) await journal.append(record);
	await journal.close();
}

test('default: what was appended is read again', async () => {
	await write(samples);
	const { journal, records } = await readAll();
	await journal.close();
	expect(records).toEqual(samples);
	expect(statSync(path).mode & 0o777).toBe(0o600);
});

test('behavior: a journal of before blocks had randomness of their own', async () => {
	const old = { ...block(1n), prevRandao: null } as JournalRecord;
	await write([samples[0] as JournalRecord, old, block(2n)]);
	const { journal, records } = await readAll();
	await journal.close();
	expect(records.slice(1)).toEqual([old, block(2n)]);
});

test('behavior: a tail torn at any byte is cut off, and writing goes on after it', async () => {
	await write(samples.slice(0, 3));
	const whole = statSync(path).size;
	await write([block(2n)]);
	const bytes = readFileSync(path);
	for (const cut of [whole + 1, whole + 11, whole + 12, whole + 40, bytes.length - 1]) {
		writeFileSync(path, bytes.subarray(0, cut));
		const { journal, records } = await readAll();
		expect(records).toEqual(samples.slice(0, 3));
		await journal.append(block(2n));
		await journal.close();
		expect(readFileSync(path).equals(bytes)).toBe(true);
	}
});

test('behavior: garbage behind the last record is cut off', async () => {
	await write(samples);
	const { size } = statSync(path);
	appendFileSync(path, Buffer.alloc(5000, 7));
	const { journal, records } = await readAll();
	await journal.close();
	expect(records).toHaveLength(4);
	expect(statSync(path).size).toBe(size);
});

test('error: damage before whole records is refused, not repaired', async () => {
	await write(samples);
	const bytes = readFileSync(path);
	bytes[200] = (bytes[200] ?? 0) ^ 0xff;
	writeFileSync(path, bytes);
	await expect(readAll()).rejects.toThrow(JournalDamagedError);
	expect(readFileSync(path).equals(bytes)).toBe(true);
});

test('behavior: a last record that never counted can be dropped while reading', async () => {
	await write(samples);
	const seen: boolean[] = [];
	const journal = await Journal.open(await openJournalFile(path), async (_, isLast) => {
		seen.push(isLast);
		return isLast ? 'drop' : 'keep';
	});
	await journal.close();
	expect(seen).toEqual([false, false, false, true]);
	expect((await readAll()).records).toEqual(samples.slice(0, 3));
});

test('error: a full disk refuses the record, leaves nothing of it, and may have space again later', async () => {
	const file = await openJournalFile(path);
	let left = 400;
	const small: JournalFile = {
		...file,
		async write(bytes, position) {
			await file.write(bytes.subarray(0, left), position);
			if (bytes.length > left) throw Object.assign(new Error('no space left'), { code: 'ENOSPC' });
			left -= bytes.length;
		},
	};
	const { journal } = await readAll(small);
	await journal.append(samples[0] as JournalRecord);
	const before = readFileSync(path);
	await expect(journal.append(block(1n))).rejects.toMatchObject({ code: 'Chain_DiskFull', kind: 'unavailable' });
	expect(readFileSync(path).equals(before)).toBe(true);
	left = 10_000;
	await journal.append(block(1n));
	await journal.close();
	expect((await readAll()).records).toEqual([samples[0], block(1n)]);
});

test('error: when not even cutting back works, nothing more is promised', async () => {
	const file = await openJournalFile(path);
	const broken: JournalFile = {
		...file,
		datasync: () => Promise.reject(Object.assign(new Error('i/o error'), { code: 'EIO' })),
		truncate: () => Promise.reject(new Error('i/o error')),
	};
	const { journal } = await readAll(broken);
	await expect(journal.append(block(1n))).rejects.toMatchObject({ code: 'Chain_JournalFailed' });
	await expect(journal.append(block(1n))).rejects.toMatchObject({ code: 'Chain_JournalFailed' });
	await journal.close();
	truncateSync(path, 0);
});
