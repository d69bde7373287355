import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream as WebStream } from 'node:stream/web';
import { MAX_DOWNLOAD_BYTES } from '@kaishi/protocol/order';
import { Refusal } from '@kaishi/protocol/platform/errors';
import { type FreeBytes, hasRoomFor } from '../platform/limits/disk-reserve.ts';
import type { StoredDownload } from './private-store.ts';

/** Files that were sold, outside of everything that is served publicly. */
export interface DownloadFiles {
	/** Streams to disk; refuses empty files and more than `MAX_DOWNLOAD_BYTES`, leaving nothing behind. */
	write(body: ReadableStream<Uint8Array> | null, name: string): Promise<StoredDownload>;
	/** Null when the file is gone. */
	read(download: StoredDownload): Promise<ReadableStream<Uint8Array> | null>;
	remove(file: string): Promise<void>;
}

export function openDownloadFiles(directory: string, freeBytes?: FreeBytes): DownloadFiles {
	const pathOf = (file: string) => join(directory, basename(file));
	return {
		async write(body, name) {
			await mkdir(directory, { recursive: true, mode: 0o700 });
			if (!(await hasRoomFor(MAX_DOWNLOAD_BYTES, directory, freeBytes))) throw new Refusal('Storage_Full', 'unavailable');
			const file = randomUUID();
			const hash = createHash('sha256');
			const meter = meterOf(hash);
			try {
				await pipeline(
					Readable.fromWeb((body ?? new Blob([]).stream()) as WebStream<Uint8Array>),
					meter.stream,
					createWriteStream(pathOf(file), { mode: 0o600, flush: true }),
				);
				if (meter.bytes() === 0) throw new Refusal('Order_EmptyDownload', 'invalid');
			} catch (error) {
				await rm(pathOf(file), { force: true });
				throw toRefusal(error);
			}
			return { file, name: safeName(name), bytes: meter.bytes(), sha256: hash.digest('hex') };
		},
		async read(download) {
			const found = await stat(pathOf(download.file)).catch(() => null);
			return found ? (Readable.toWeb(createReadStream(pathOf(download.file))) as ReadableStream<Uint8Array>) : null;
		},
		remove: (file) => rm(pathOf(file), { force: true }),
	};
}

function meterOf(hash: ReturnType<typeof createHash>) {
	let bytes = 0;
	const stream = new Transform({
		transform(chunk: Buffer, _encoding, done) {
			bytes += chunk.length;
			if (bytes > MAX_DOWNLOAD_BYTES) return done(new Refusal('Order_DownloadTooLarge', 'invalid', { max: String(MAX_DOWNLOAD_BYTES) }));
			hash.update(chunk);
			done(null, chunk);
		},
	});
	return { stream, bytes: () => bytes };
}

function toRefusal(error: unknown): unknown {
	const { code } = error as NodeJS.ErrnoException;
	return code === 'ENOSPC' || code === 'EDQUOT' ? new Refusal('Storage_Full', 'unavailable', {}, { cause: error }) : error;
}

/** A file name without folders, control characters or what file systems reserve; never empty. */
export function safeName(name: string): string {
	const clean = name
		.toWellFormed()
		.normalize('NFC')
		.replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069<>:"/\\|?*]/g, '_')
		.replace(/^[. ]+|[. ]+$/g, '')
		.slice(0, 120);
	return clean || 'download';
}

/** RFC 6266: always an attachment, with the name in ASCII and, percent-encoded, in full. */
export function contentDisposition(name: string): string {
	const ascii = name.replace(/[^\x20-\x7e]|["\\%]/g, '_');
	const encoded = encodeURIComponent(name).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
	return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}
