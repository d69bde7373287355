import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { Refusal } from '@kaishi/protocol/platform/errors';
import { codecsInInit } from '../media/mp4/codecs-in-init.ts';
import { readBoxes, readMoof, shiftMoof } from '../media/mp4/read-boxes.ts';
import { type IndexEntry, type InitEntry, MEDIA_FILE, readIndex, type SegmentEntry } from '../media/recording/recording-index.ts';

/** Of the parts of a recording that a clip touches: it is put together in memory. */
const MAX_BYTES = 64 * 1024 * 1024;

export interface CutClip {
	bytes: Buffer;
	mime: string;
	/** What really was taken, ms of the replay. */
	fromMs: number;
	durationMs: number;
}

/**
 * A stretch of a recording as a file of its own: the parts that touch it, from the last key picture before it, moved to the start of time.
 * It ends where tracks change, since one file has one head. Null: the recording holds nothing there. Refuses
 * what would be too large.
 */
export async function cutClip(directory: string, fromMs: number, toMs: number): Promise<CutClip | null> {
	const chosen = choose(await readIndex(directory), fromMs, toMs);
	const [first] = chosen?.segments ?? [];
	if (!chosen || !first) return null;
	const bytes = chosen.segments.reduce((sum, { length }) => sum + length, 0);
	if (bytes > MAX_BYTES) throw new Refusal('Live_OverLimit', 'invalid', { limit: `${MAX_BYTES / 1024 / 1024} MB` });
	const file = await open(join(directory, MEDIA_FILE), 'r');
	try {
		const init = await readAt(file, chosen.init);
		const parts: Buffer[] = [];
		let takenMs = 0;
		let lostUs = 0;
		let endUs = first.startUs;
		for (const segment of chosen.segments) {
			lostUs += segment.startUs - endUs;
			parts.push(...(await shifted(file, segment, first.startUs + lostUs)));
			endUs = segment.startUs + segment.durationUs;
			takenMs += segment.durationUs / 1000;
		}
		const codecs = codecsInInit(init);
		const mime = `${codecs.includes('avc1') ? 'video' : 'audio'}/mp4; codecs="${codecs}"`;
		return { bytes: Buffer.concat([init, ...parts]), mime, fromMs: Math.round(chosen.fromMs), durationMs: Math.round(takenMs) };
	} finally {
		await file.close();
	}
}

function choose(entries: readonly IndexEntry[], fromMs: number, toMs: number): { init: InitEntry; segments: SegmentEntry[]; fromMs: number } | null {
	let init: InitEntry | null = null;
	let chosen: { init: InitEntry; segments: SegmentEntry[]; fromMs: number } | null = null;
	let atMs = 0;
	for (const entry of entries) {
		if (entry.kind === 'init') {
			if (chosen) return chosen;
			init = entry;
			continue;
		}
		const endMs = atMs + entry.durationUs / 1000;
		if (init && endMs > fromMs && atMs < toMs) {
			chosen ??= { init, segments: [], fromMs: atMs };
			chosen.segments.push(entry);
		}
		atMs = endMs;
	}
	return chosen;
}

async function shifted(file: FileHandle, segment: SegmentEntry, byUs: number): Promise<Buffer[]> {
	const boxes = await readBoxes(file, segment.offset, segment.offset + segment.length);
	const parts: Buffer[] = [];
	for (const box of boxes) {
		const bytes = await readAt(file, box);
		if (box.type === 'moof') {
			if (!readMoof(bytes)) throw new Error('not a recording of ours');
			shiftMoof(bytes, byUs);
		}
		parts.push(bytes);
	}
	return parts;
}

async function readAt(file: FileHandle, { offset, length }: { offset: number; length: number }): Promise<Buffer> {
	const bytes = Buffer.alloc(length);
	const { bytesRead } = await file.read(bytes, 0, length, offset);
	if (bytesRead !== length) throw new Error('the recording is shorter than its index');
	return bytes;
}
