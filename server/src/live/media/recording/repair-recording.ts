import { open, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { type FoundBox, type RunFacts, readBoxes, readMoof } from '../mp4/read-boxes.ts';
import { endOf, type IndexEntry, MEDIA_FILE, readIndex, type SegmentEntry, writeIndex } from './recording-index.ts';

/**
 * Brings a recording that was broken off back into order: what the index does not name yet is read from the file itself, up to its last
 * whole part; the rest is cut off. Returns the index as it is then; nothing changes when all is well.
 */
export async function repairRecording(directory: string): Promise<IndexEntry[]> {
	const path = join(directory, MEDIA_FILE);
	const indexed = await readIndex(directory);
	const file = await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
		if (error.code === 'ENOENT') return null;
		throw error;
	});
	if (file === null) return [];
	try {
		const { size } = await file.stat();
		// An index that is ahead of the file was written before a power cut that the file did not survive.
		const kept = indexed.filter(({ offset, length }) => offset + length <= size);
		const found = await readTail(file, kept);
		const end = endOf(found);
		if (found.length === indexed.length && end === size) return indexed;
		await truncate(path, end);
		await writeIndex(directory, found);
		return found;
	} finally {
		await file.close();
	}
}

type File = Awaited<ReturnType<typeof open>>;

async function readTail(file: File, kept: readonly IndexEntry[]): Promise<IndexEntry[]> {
	const entries = [...kept];
	const boxes = await readBoxes(file, endOf(kept));
	for (let i = 0; i + 1 < boxes.length; i += 2) {
		const [first, second] = [boxes[i] as FoundBox, boxes[i + 1] as FoundBox];
		const length = first.length + second.length;
		if (first.type === 'ftyp' && second.type === 'moov') {
			entries.push({ kind: 'init', offset: first.offset, length });
			continue;
		}
		const runs = first.type === 'moof' && second.type === 'mdat' ? await readRuns(file, first) : null;
		if (!runs) break;
		addPart(entries, { offset: first.offset, length }, runs);
	}
	return entries;
}

async function readRuns(file: File, { offset, length }: FoundBox): Promise<RunFacts[] | null> {
	const moof = Buffer.alloc(length);
	await file.read(moof, 0, length, offset);
	return readMoof(moof);
}

/** Parts up to the next one that begins with a key picture are one segment, as they were when they came. */
function addPart(entries: IndexEntry[], place: { offset: number; length: number }, runs: readonly RunFacts[]): void {
	const [lead] = runs as [RunFacts];
	const last = entries.at(-1);
	const end = last?.kind === 'segment' ? last.startUs + last.durationUs : 0;
	if (last?.kind === 'segment' && !lead.isKey) {
		last.length += place.length;
		last.durationUs += lead.durationUs;
		return;
	}
	const { startUs, durationUs } = lead;
	const gapUs = startUs - end;
	entries.push({ kind: 'segment', ...place, startUs, durationUs, atMs: wallAt(entries, startUs), afterGap: last !== undefined && gapUs > 500_000 });
}

/** The wall's time of a place on the show's clock, as the segments before it have it. */
function wallAt(entries: readonly IndexEntry[], startUs: number): number {
	const known = entries.findLast((entry): entry is SegmentEntry => entry.kind === 'segment');
	return known ? known.atMs + (startUs - known.startUs) / 1000 : 0;
}
