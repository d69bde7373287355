import { statfs } from 'node:fs/promises';

/** Left to the journal and the tables: a market whose disk strangers have filled cannot sell. Bytes. */
const RESERVE = 512 * 1024 * 1024;

/** Bytes that a process without privileges may still write below `directory`. */
export type FreeBytes = (directory: string) => Promise<number>;

const freeOnDisk: FreeBytes = async (directory) => {
	const { bavail, bsize } = await statfs(directory);
	return bavail * bsize;
};

/** Bytes that strangers' files may still take: what is free beyond the reserve. */
export async function roomOn(directory: string, freeBytes: FreeBytes = freeOnDisk): Promise<number> {
	return (await freeBytes(directory)) - RESERVE;
}

/** Whether strangers' files of so many bytes leave the reserve untouched. */
export async function hasRoomFor(bytes: number, directory: string, freeBytes: FreeBytes = freeOnDisk): Promise<boolean> {
	return (await roomOn(directory, freeBytes)) >= bytes;
}
