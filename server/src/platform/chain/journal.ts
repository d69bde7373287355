import { constants } from 'node:fs';
import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { crc32 } from 'node:zlib';
import { Refusal } from '@kaishi/protocol/platform/errors';
import { decodeRecord, encodeRecord, type JournalRecord } from './journal-record.ts';

/** 'KSJ1', length, crc32 of the payload. */
const MAGIC = 0x4b_53_4a_31;
const FRAME = 12;
const MAX_PAYLOAD = 256 * 1024 * 1024;
/** So much is read at a time. */
const PIECE = 1 << 20;

/** What the journal needs of a file; tests put a full disk here. */
export interface JournalFile {
	write(bytes: Uint8Array, position: number): Promise<void>;
	read(length: number, position: number): Promise<Buffer>;
	datasync(): Promise<void>;
	truncate(length: number): Promise<void>;
	size(): Promise<number>;
	close(): Promise<void>;
}

/** Thrown when the journal is damaged in a way that no crash explains; nothing is repaired by guessing. */
export class JournalDamagedError extends Error {
	override name = 'JournalDamagedError';
}

/**
 * Append-only file of checksummed records. A record counts once `append` has resolved: it is then on the disk.
 * A record torn by a crash or a full disk is cut off at the next opening or at once.
 */
export class Journal {
	readonly #file: JournalFile;
	#end: number;
	#lastStart: number;
	#broken: unknown = null;

	private constructor(file: JournalFile, end: number) {
		this.#file = file;
		this.#end = end;
		this.#lastStart = end;
	}

	/** Opens `file`, cuts off a torn tail and hands every record to `each` in order, before resolving. */
	static async open(file: JournalFile, each: (record: JournalRecord, isLast: boolean) => Promise<'keep' | 'drop'>): Promise<Journal> {
		const size = await file.size();
		const pieces = inPieces(file, size);
		let position = 0;
		let current = await readFrame(pieces, 0, size);
		const journal = new Journal(file, 0);
		while (current !== null) {
			const next = position + FRAME + current.length;
			const following = await readFrame(pieces, next, size);
			// Only the last record can be one that was never acknowledged.
			if (following === null) await refuseDamage(file, next, size);
			const verdict = await each(decodeRecord(current), following === null);
			if (verdict === 'drop') break;
			journal.#lastStart = position;
			position = next;
			current = following;
		}
		if (position === 0 && current === null) await refuseDamage(file, 0, size);
		journal.#end = position;
		if (position < size) {
			await file.truncate(position);
			await file.datasync();
		}
		return journal;
	}

	/**
	 * Resolves when the record is on the disk. Refuses with `Chain_DiskFull` (unavailable) when there is no space:
	 * nothing of the record remains, and later appends may succeed.
	 */
	async append(record: JournalRecord): Promise<void> {
		if (this.#broken !== null) throw new Refusal('Chain_JournalFailed', 'unavailable', {}, { cause: this.#broken });
		const payload = encodeRecord(record);
		const frame = Buffer.alloc(FRAME + payload.length);
		frame.writeUInt32BE(MAGIC, 0);
		frame.writeUInt32BE(payload.length, 4);
		frame.writeUInt32BE(crc32(payload), 8);
		frame.set(payload, FRAME);
		try {
			await this.#file.write(frame, this.#end);
			await this.#file.datasync();
		} catch (cause) {
			await this.#undo(this.#end, cause);
			const full = ['ENOSPC', 'EDQUOT', 'EFBIG'].includes((cause as NodeJS.ErrnoException).code ?? '');
			throw new Refusal(full ? 'Chain_DiskFull' : 'Chain_JournalFailed', 'unavailable', {}, { cause });
		}
		this.#lastStart = this.#end;
		this.#end += frame.length;
	}

	/** Takes the last record back, which nobody was told of. */
	async dropLast(): Promise<void> {
		await this.#undo(this.#lastStart, new Error('the last record could not be taken back'));
		this.#end = this.#lastStart;
	}

	close(): Promise<void> {
		return this.#file.close();
	}

	/** When even cutting back fails nobody knows what is on the disk: no further record may follow. */
	async #undo(length: number, cause: unknown): Promise<void> {
		try {
			await this.#file.truncate(length);
			await this.#file.datasync();
		} catch {
			this.#broken = cause;
		}
	}
}

/** Reads a large piece and hands out small ones of it: whoever asks the disk for each waits a turn of a busy process for each. */
function inPieces(file: JournalFile, size: number): Pick<JournalFile, 'read'> {
	let at = 0;
	let piece: Buffer = Buffer.alloc(0);
	return {
		async read(length, position) {
			if (position < at || position + length > at + piece.length) {
				piece = await file.read(Math.min(Math.max(length, PIECE), size - position), position);
				at = position;
			}
			return piece.subarray(position - at, position - at + length);
		},
	};
}

/** Payload at `position`, or null when no whole, undamaged record stands there. */
async function readFrame(file: Pick<JournalFile, 'read'>, position: number, size: number): Promise<Buffer | null> {
	if (position + FRAME > size) return null;
	const frame = await file.read(FRAME, position);
	const length = frame.readUInt32BE(4);
	if (frame.readUInt32BE(0) !== MAGIC || length > MAX_PAYLOAD || position + FRAME + length > size) return null;
	const payload = await file.read(length, position + FRAME);
	return crc32(payload) === frame.readUInt32BE(8) ? payload : null;
}

/** A torn tail holds no whole record: one behind a broken one means damage in the middle, and acknowledged orders behind it. */
async function refuseDamage(file: JournalFile, from: number, size: number): Promise<void> {
	const mark = Buffer.alloc(4);
	mark.writeUInt32BE(MAGIC);
	const tail = await file.read(Math.min(size - from, MAX_PAYLOAD), from);
	for (let at = tail.indexOf(mark, 1); at !== -1; at = tail.indexOf(mark, at + 1)) {
		if ((await readFrame(file, from + at, size)) !== null) {
			throw new JournalDamagedError(`the chain's journal is damaged at byte ${from}, with whole records behind it: restore it from a copy`);
		}
	}
}

/** Opens the file for reading and writing, creating it (0600) with its directory. */
export async function openJournalFile(path: string): Promise<JournalFile> {
	await mkdir(dirname(path), { recursive: true, mode: 0o700 });
	const handle = await open(path, constants.O_RDWR | constants.O_CREAT, 0o600);
	const dir = await open(dirname(path), 'r');
	await dir.sync();
	await dir.close();
	return journalFileOf(handle);
}

function journalFileOf(handle: FileHandle): JournalFile {
	return {
		async write(bytes, position) {
			let done = 0;
			while (done < bytes.length) done += (await handle.write(bytes, done, bytes.length - done, position + done)).bytesWritten;
		},
		async read(length, position) {
			const buffer = Buffer.alloc(length);
			let done = 0;
			while (done < length) {
				const { bytesRead } = await handle.read(buffer, done, length - done, position + done);
				if (bytesRead === 0) throw new JournalDamagedError('the journal ended while it was read');
				done += bytesRead;
			}
			return buffer;
		},
		datasync: () => handle.datasync(),
		truncate: (length) => handle.truncate(length),
		size: async () => (await handle.stat()).size,
		close: () => handle.close(),
	};
}
