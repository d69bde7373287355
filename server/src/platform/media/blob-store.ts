import { createHash, randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { CONTENT_ID, contentIdOfDigest } from '@kaishi/protocol/platform/content-id';
import { Refusal } from '@kaishi/protocol/platform/errors';

/** A directory of immutable files named by the CIDv1 (raw, sha-256) of their bytes. */
export interface BlobStore {
	/** Resolves with the CID once the bytes are on the disk. Refused with `Media_DiskFull`, then nothing is kept. */
	put(bytes: Uint8Array): Promise<string>;
	/** All or nothing, in order: the last one becomes visible only after all before it. */
	putAll(blobs: readonly Uint8Array[]): Promise<string[]>;
	/** Null when absent, and when the bytes on the disk no longer match their name. */
	get(cid: string): Promise<Uint8Array | null>;
	has(cid: string): Promise<boolean>;
}

/** Writes bytes to a freshly opened file; tests put a failing disk in its place. */
export type WriteBytes = (file: FileHandle, bytes: Uint8Array) => Promise<void>;

const writeToDisk: WriteBytes = async (file, bytes) => {
	await file.writeFile(bytes);
	await file.sync();
};

/** No write takes so long. */
const OLD_MS = 3_600_000;

/** Opens (and creates) the store. Leftovers of writes that a crash interrupted are removed. */
export async function openBlobStore(directory: string, write: WriteBytes = writeToDisk): Promise<BlobStore> {
	const incoming = join(directory, 'incoming');
	await mkdir(incoming, { recursive: true });
	await forgetOld(incoming);
	// Digest characters differ evenly from the ninth on; before them stands the constant CID header.
	const pathOf = (cid: string) => join(directory, cid.slice(8, 10), cid);

	const has = async (cid: string) => CONTENT_ID.test(cid) && (await exists(pathOf(cid)));

	async function putAll(blobs: readonly Uint8Array[]): Promise<string[]> {
		const named = blobs.map((bytes) => ({ bytes, cid: digestToCid(bytes), temporary: join(incoming, randomUUID()) }));
		const missing = [];
		for (const blob of named) if (!(await has(blob.cid))) missing.push(blob);
		try {
			await Promise.all(missing.map((blob) => writeFresh(blob.temporary, blob.bytes, write)));
			for (const blob of missing) await moveIntoPlace(blob.temporary, pathOf(blob.cid));
			for (const folder of new Set(missing.map((blob) => dirname(pathOf(blob.cid))))) await syncDirectory(folder);
		} catch (cause) {
			await Promise.all(missing.map((blob) => rm(blob.temporary, { force: true })));
			throw isDiskFull(cause) ? new Refusal('Media_DiskFull', 'unavailable', {}, { cause }) : cause;
		}
		return named.map((blob) => blob.cid);
	}

	async function get(cid: string): Promise<Uint8Array | null> {
		if (!CONTENT_ID.test(cid)) return null;
		const bytes = await readOrNull(pathOf(cid));
		return bytes && digestToCid(bytes) === cid ? bytes : null;
	}

	return {
		has,
		get,
		putAll,
		put: async (bytes) => (await putAll([bytes]))[0] as string,
	};
}

/** Other servers may be writing here just now. */
async function forgetOld(incoming: string): Promise<void> {
	for (const name of await readdir(incoming)) {
		const path = join(incoming, name);
		const found = await stat(path).catch(() => null);
		if (found && Date.now() - found.mtimeMs > OLD_MS) await rm(path, { force: true });
	}
}

function digestToCid(bytes: Uint8Array): string {
	// Node's own hash is many times faster than the portable one in protocol.
	return contentIdOfDigest(createHash('sha256').update(bytes).digest());
}

async function writeFresh(path: string, bytes: Uint8Array, write: WriteBytes): Promise<void> {
	const file = await open(path, 'wx', 0o644);
	try {
		await write(file, bytes);
	} finally {
		await file.close();
	}
}

async function moveIntoPlace(from: string, to: string): Promise<void> {
	await mkdir(dirname(to), { recursive: true });
	await rename(from, to);
}

/** A rename survives a power cut only once its directory is flushed too. Some platforms cannot open directories. */
async function syncDirectory(path: string): Promise<void> {
	if (process.platform === 'win32') return;
	const directory = await open(path, 'r');
	try {
		await directory.sync();
	} finally {
		await directory.close();
	}
}

async function exists(path: string): Promise<boolean> {
	return stat(path).then(
		() => true,
		() => false,
	);
}

/** Null when there is no such file; other failures are thrown. */
export async function readOrNull(path: string): Promise<Uint8Array | null> {
	try {
		return await readFile(path);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
		throw error;
	}
}

/** No space, over quota, or a file size limit. */
export function isDiskFull(error: unknown): boolean {
	return ['ENOSPC', 'EDQUOT', 'EFBIG'].includes((error as NodeJS.ErrnoException)?.code ?? '');
}
