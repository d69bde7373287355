import type { FileHandle } from 'node:fs/promises';

export interface FoundBox {
	type: string;
	offset: number;
	length: number;
}

/** Boxes of a file from `offset` on, up to `end` or the file's own, as far as they are whole. */
export async function readBoxes(file: FileHandle, offset: number, end: number = Number.POSITIVE_INFINITY): Promise<FoundBox[]> {
	const size = Math.min(end, (await file.stat()).size);
	const found: FoundBox[] = [];
	const head = Buffer.alloc(8);
	for (let at = offset; at + 8 <= size; ) {
		await file.read(head, 0, 8, at);
		const length = head.readUInt32BE(0);
		if (length < 8 || at + length > size) break;
		found.push({ type: head.toString('latin1', 4, 8), offset: at, length });
		at += length;
	}
	return found;
}

export interface RunFacts {
	trackId: number;
	startUs: number;
	durationUs: number;
	/** Whether its first sample can be decoded by itself. */
	isKey: boolean;
}

/** What a moof of our own making says of each of its tracks; null when it is none of ours. */
export function readMoof(moof: Buffer): RunFacts[] | null {
	try {
		const runs: RunFacts[] = [];
		for (let at = 8 + 16; at < moof.length; at += moof.readUInt32BE(at)) runs.push(readTraf(moof, at));
		return runs.length > 0 ? runs : null;
	} catch {
		return null;
	}
}

function readTraf(moof: Buffer, at: number): RunFacts {
	if (moof.toString('latin1', at + 4, at + 8) !== 'traf' || moof.readUInt32BE(at) < 64) throw new Error('not a traf of ours');
	const count = moof.readUInt32BE(at + 56);
	let durationUs = 0;
	for (let i = 0; i < count; i++) durationUs += moof.readUInt32BE(at + 64 + 16 * i);
	const startUs = moof.readUInt32BE(at + 36) * 0x100000000 + moof.readUInt32BE(at + 40);
	return { trackId: moof.readUInt32BE(at + 20), startUs, durationUs, isKey: moof.readUInt32BE(at + 72) === 0x02000000 };
}

/** Moves every track of a moof back in time, in place. */
export function shiftMoof(moof: Buffer, byUs: number): void {
	for (let at = 8 + 16; at < moof.length; at += moof.readUInt32BE(at)) {
		const start = Math.max(0, moof.readUInt32BE(at + 36) * 0x100000000 + moof.readUInt32BE(at + 40) - byUs);
		moof.writeUInt32BE(Math.floor(start / 0x100000000), at + 36);
		moof.writeUInt32BE(start % 0x100000000, at + 40);
	}
}
