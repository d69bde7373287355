import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';

/** The whole recording: init segments and parts in the order in which they came. */
export const MEDIA_FILE = 'media.mp4';
/** One line of JSON for each init segment and each segment. */
export const INDEX_FILE = 'index.jsonl';

const whole = v.pipe(v.number(), v.integer(), v.minValue(0));
const initEntry = v.object({ kind: v.literal('init'), offset: whole, length: whole });
const segmentEntry = v.object({
	kind: v.literal('segment'),
	offset: whole,
	length: whole,
	/** On the show's clock, µs. */
	startUs: whole,
	durationUs: whole,
	/** Wall clock at its start, ms. */
	atMs: v.number(),
	/** Nothing was recorded for a while before it. */
	afterGap: v.boolean(),
});
const entry = v.variant('kind', [initEntry, segmentEntry]);

export type InitEntry = v.InferOutput<typeof initEntry>;
export type SegmentEntry = v.InferOutput<typeof segmentEntry>;
export type IndexEntry = v.InferOutput<typeof entry>;

/** Entries as far as they are whole: what a dying process wrote half of is left out. */
export async function readIndex(directory: string): Promise<IndexEntry[]> {
	const text = await readFile(join(directory, INDEX_FILE), 'utf8').catch((error: NodeJS.ErrnoException) => {
		if (error.code === 'ENOENT') return '';
		throw error;
	});
	const entries: IndexEntry[] = [];
	for (const line of text.split('\n').slice(0, -1)) {
		const parsed = v.safeParse(entry, parseJson(line));
		if (!parsed.success) break;
		entries.push(parsed.output);
	}
	return entries;
}

/** Replaces the index by these entries. */
export async function writeIndex(directory: string, entries: readonly IndexEntry[]): Promise<void> {
	const file = await open(join(directory, INDEX_FILE), 'w', 0o600);
	try {
		await file.writeFile(entries.map(lineOf).join(''));
		await file.datasync();
	} finally {
		await file.close();
	}
}

export const lineOf = (written: IndexEntry): string => `${JSON.stringify(written)}\n`;

export const endOf = (entries: readonly IndexEntry[]): number => entries.reduce((end, { offset, length }) => Math.max(end, offset + length), 0);

function parseJson(line: string): unknown {
	try {
		return JSON.parse(line);
	} catch {
		return null;
	}
}
