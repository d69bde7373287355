import { type FileHandle, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type ClipSpan, MAX_CLIP_MS } from '@kaishi/protocol/live';
import { Refusal } from '@kaishi/protocol/platform/errors';
import { codecsInInit } from '../media/mp4/codecs-in-init.ts';
import { readBoxes, readMoof, shiftMoof } from '../media/mp4/read-boxes.ts';
import { type IndexEntry, type InitEntry, MEDIA_FILE, readIndex, type SegmentEntry } from '../media/recording/recording-index.ts';

/** Of the parts of a recording that a clip touches. */
const MAX_BYTES = 64 * 1024 * 1024;

export interface CutClip {
	bytes: number;
	mime: string;
	/** What really was taken, ms of the replay. */
	fromMs: number;
	durationMs: number;
	/** Wall clock at its start, ms. */
	atMs: number;
}

/**
 * A stretch of a recording as a file of its own: the parts that touch it, from the last key picture before it, moved to the start of time.
 * It ends where tracks change, since one file has one head. Null: the recording holds nothing there. Refuses what would be too large.
 * `placeFor` is told about how many bytes it will be, and says where they go; one box at a time is in memory. What fails leaves nothing.
 */
export async function cutClip(directory: string, span: ClipSpan, placeFor: (bytes: number) => Promise<string>): Promise<CutClip | null> {
	const entries = await readIndex(directory);
	const chosen = choose(entries, placesOf(entries, span));
	if (!chosen) return null;
	const bytes = chosen.segments.reduce((sum, { length }) => sum + length, chosen.init.length);
	if (bytes > MAX_BYTES) throw new Refusal('Live_OverLimit', 'invalid', { limit: `${MAX_BYTES / 1024 / 1024} MB` });
	const place = await placeFor(bytes);
	const file = await open(join(directory, MEDIA_FILE), 'r');
	const made = await open(place, 'w', 0o600).catch(async (error: unknown) => {
		await file.close();
		throw error;
	});
	try {
		const cut = await copy(file, made, chosen);
		await made.sync();
		return cut;
	} catch (error) {
		await rm(place, { force: true });
		throw error;
	} finally {
		await Promise.all([file.close(), made.close()]);
	}
}

async function copy(file: FileHandle, made: FileHandle, { init: head, segments, fromMs }: Chosen): Promise<CutClip> {
	const init = await readAt(file, head);
	await made.write(init);
	const [first] = segments;
	let [takenMs, lostUs, endUs, bytes] = [0, 0, first?.startUs ?? 0, init.length];
	for (const segment of segments) {
		lostUs += segment.startUs - endUs;
		bytes += await copyShifted(file, made, segment, (first?.startUs ?? 0) + lostUs);
		endUs = segment.startUs + segment.durationUs;
		takenMs += segment.durationUs / 1000;
	}
	const codecs = codecsInInit(init);
	const mime = `${codecs.includes('avc1') ? 'video' : 'audio'}/mp4; codecs="${codecs}"`;
	return { bytes, mime, fromMs: Math.round(fromMs), durationMs: Math.round(takenMs), atMs: first?.atMs ?? 0 };
}

interface Chosen {
	init: InitEntry;
	/** At least one. */
	segments: SegmentEntry[];
	fromMs: number;
}

function placesOf(entries: readonly IndexEntry[], span: ClipSpan): { fromMs: number; toMs: number } {
	if ('fromMs' in span) return span;
	let starts: number[] = [];
	let toMs = 0;
	for (const entry of entries) {
		if (entry.kind === 'init') starts = [];
		else {
			starts.push(toMs);
			toMs += entry.durationUs / 1000;
		}
	}
	return { fromMs: starts.find((startMs) => toMs - startMs <= span.lastMs) ?? starts.at(-1) ?? 0, toMs };
}

function choose(entries: readonly IndexEntry[], { fromMs, toMs }: { fromMs: number; toMs: number }): Chosen | null {
	let init: InitEntry | null = null;
	let chosen: Chosen | null = null;
	let atMs = 0;
	for (const entry of entries) {
		if (entry.kind === 'init') {
			if (chosen) return chosen;
			init = entry;
			continue;
		}
		const endMs = atMs + entry.durationUs / 1000;
		if (init && endMs > fromMs && atMs < toMs) {
			// Whole segments are taken: rather one less than more than a minute.
			if (chosen && endMs - chosen.fromMs > MAX_CLIP_MS) return chosen;
			chosen ??= { init, segments: [], fromMs: atMs };
			chosen.segments.push(entry);
		}
		atMs = endMs;
	}
	return chosen;
}

/** Returns how many bytes. */
async function copyShifted(file: FileHandle, made: FileHandle, segment: SegmentEntry, byUs: number): Promise<number> {
	let copied = 0;
	for (const box of await readBoxes(file, segment.offset, segment.offset + segment.length)) {
		const bytes = await readAt(file, box);
		if (box.type === 'moof') {
			if (!readMoof(bytes)) throw new Error('not a recording of ours');
			shiftMoof(bytes, byUs);
		}
		await made.write(bytes);
		copied += bytes.length;
	}
	return copied;
}

async function readAt(file: FileHandle, { offset, length }: { offset: number; length: number }): Promise<Buffer> {
	const bytes = Buffer.alloc(length);
	const { bytesRead } = await file.read(bytes, 0, length, offset);
	if (bytesRead !== length) throw new Error('the recording is shorter than its index');
	return bytes;
}
