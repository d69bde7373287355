import { fork } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { gapsOf, placeInReplay } from '../../replay/gaps.ts';
import { readMoof } from '../mp4/read-boxes.ts';
import { FileRecorder } from './file-recorder.ts';
import { endOf, INDEX_FILE, type IndexEntry, MEDIA_FILE, readIndex, type SegmentEntry } from './recording-index.ts';
import { recordingPlaylist } from './recording-playlist.ts';
import { repairRecording } from './repair-recording.ts';
import { RunningRecordings } from './running-recordings.ts';

let directory: string;
beforeEach(() => {
	directory = mkdtempSync(join(tmpdir(), 'kaishi-recording-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const media = () => readFileSync(join(directory, MEDIA_FILE));
const segmentsOf = (entries: readonly IndexEntry[]) => entries.filter((entry): entry is SegmentEntry => entry.kind === 'segment');

/** Records until `segments` are in the index, then kill -9. */
async function recordAndKill(segments: number): Promise<void> {
	const child = fork(join(import.meta.dirname, 'test-recorder-child.ts'), [directory], { execArgv: [], stdio: 'inherit' });
	await vi.waitFor(async () => expect(segmentsOf(await readIndex(directory)).length).toBeGreaterThanOrEqual(segments), { timeout: 20_000, interval: 20 });
	child.kill('SIGKILL');
	await once(child, 'exit');
}

/** Every entry names whole boxes of the file, one after the other, each segment beginning with a key picture. */
function expectSound(entries: readonly IndexEntry[]): void {
	const bytes = media();
	let at = 0;
	for (const entry of entries) {
		expect(entry.offset).toBe(at);
		at += entry.length;
		if (entry.kind === 'init') continue;
		const [run] = readMoof(bytes.subarray(entry.offset, entry.offset + bytes.readUInt32BE(entry.offset))) ?? [];
		expect(run).toMatchObject({ isKey: true, startUs: entry.startUs });
	}
	expect(at).toBe(bytes.length);
}

test('default: after kill -9 it is whole up to its last part, and goes on where it ended', async () => {
	await recordAndKill(2);
	// What the killed process was in the middle of.
	appendFileSync(join(directory, MEDIA_FILE), Buffer.from('0000ffff6d6f6f66000000', 'hex'));
	appendFileSync(join(directory, INDEX_FILE), '{"kind":"segm');
	const indexed = segmentsOf(await readIndex(directory)).length;
	const entries = await repairRecording(directory);
	expectSound(entries);
	expect(segmentsOf(entries).length).toBeGreaterThanOrEqual(indexed);
	expect(await repairRecording(directory)).toEqual(entries);
	await recordAndKill(segmentsOf(entries).length + 1);
	const both = await repairRecording(directory);
	expectSound(both);
	expect(both.slice(0, entries.length)).toEqual(entries);
	const playlist = recordingPlaylist(both, { isWhole: true });
	expect(playlist.match(/#EXT-X-MAP/g)).toHaveLength(2);
	expect(playlist.match(/#EXT-X-DISCONTINUITY\n/g)).toHaveLength(1);
});

test('behavior: without its index it is read from the file alone; a file cut anywhere keeps what is whole', async () => {
	await recordAndKill(2);
	const whole = await repairRecording(directory);
	rmSync(join(directory, INDEX_FILE));
	const again = await repairRecording(directory);
	expectSound(again);
	expect(endOf(again)).toBe(endOf(whole));
	const { size } = statSync(join(directory, MEDIA_FILE));
	for (const cut of [size - 1, Math.floor(size / 2), 900, 10]) {
		truncateSync(join(directory, MEDIA_FILE), cut);
		expectSound(await repairRecording(directory));
	}
	writeFileSync(join(directory, MEDIA_FILE), 'not a recording at all');
	expect(await repairRecording(directory)).toEqual([]);
});

function addSegment(recorder: FileRecorder, i: number): void {
	const part = { bytes: Buffer.alloc(1000, i), startUs: i * 1e6, durationUs: 1e6, isIndependent: true, beginsSegment: true, afterGap: false };
	recorder.add(Buffer.alloc(10), part, i * 1000);
}

test('behavior: when all are too long together the longest ends, and its bytes count until its show is over', async () => {
	const failed: string[] = [];
	const running = new RunningRecordings(4000);
	const [long, short] = ['long', 'short'].map(
		(name) => new FileRecorder({ directory: join(directory, name), maxBytes: 1e9, running, onFailure: () => failed.push(name) }),
	) as [FileRecorder, FileRecorder];
	for (let i = 0; i < 6; i++) addSegment(long, i);
	await vi.waitFor(() => expect(failed).toEqual(['long']));
	for (let i = 0; i < 2; i++) addSegment(short, i);
	await short.end();
	await long.end();
	expect(failed).toEqual(['long']);
	expect(endOf(await readIndex(join(directory, 'short')))).toBe(2010);
	expect(endOf(await readIndex(join(directory, 'long')))).toBe(4010);
});

test('behavior: recordings that go on leave most of a small disk to others', () => {
	const running = new RunningRecordings(1e12);
	expect(running.mayGrow('a', 24, 76)).toBe(true);
	expect(running.mayGrow('a', 26, 74)).toBe(false);
	expect(running.mayGrow('b', 10, 64)).toBe(true);
	expect(running.mayGrow('b', 13, 61)).toBe(false);
	running.forget('a');
	expect(running.mayGrow('b', 13, 87)).toBe(true);
});

test('behavior: a recording ends at its bound, whole', async () => {
	const failures: string[] = [];
	const running = new RunningRecordings(Number.POSITIVE_INFINITY);
	const recorder = new FileRecorder({ directory, maxBytes: 2500, running, onFailure: (reason) => failures.push(reason) });
	for (let i = 0; i < 5; i++) addSegment(recorder, i);
	await recorder.end();
	expect(failures).toEqual(['the recording is as long as it may be']);
	expect([endOf(await readIndex(directory)), media().length]).toEqual([3010, 3010]);
});

test('behavior: chapters leave out the time in which nothing was recorded', () => {
	const segment = (atMs: number): IndexEntry => ({ kind: 'segment', offset: 0, length: 1, startUs: 0, durationUs: 2_000_000, atMs, afterGap: false });
	const gaps = gapsOf([segment(1000), segment(3000), segment(65_000), segment(67_000)]);
	expect(gaps).toEqual([{ atMs: 5000, lostMs: 60_000 }]);
	expect([500, 1000, 4500, 5000, 30_000, 65_000, 66_000].map((atMs) => placeInReplay(1000, gaps, atMs))).toEqual([0, 0, 3500, 4000, 4000, 4000, 5000]);
});
