import { AUDIO_TRACK, VIDEO_TRACK } from '../track.ts';

/** One sample of a fragment. `timestampUs` is on the show's own clock, which begins at zero. */
export interface Sample {
	timestampUs: number;
	durationUs: number;
	isKey: boolean;
	compositionUs: number;
	data: Buffer;
}

export interface Run {
	trackId: typeof VIDEO_TRACK | typeof AUDIO_TRACK;
	samples: readonly Sample[];
}

const MOOF_BYTES = 8 + 16;
const TRAF_BYTES = 8 + 16 + 20 + 20;
const SAMPLE_BYTES = 16;
const IS_SYNC = 0x02000000;
const NOT_SYNC = 0x01010000;
const MOOF = 0x6d6f6f66;
const MFHD = 0x6d666864;
const TRAF = 0x74726166;
const TFHD = 0x74666864;
const TFDT = 0x74666474;
const TRUN = 0x7472756e;
const MDAT = 0x6d646174;
/** tfhd: offsets count from the start of the moof. */
const BASE_IS_MOOF = 0x020000;
/** trun: data offset, and of each sample duration, size, flags, composition offset. */
const TRUN_FLAGS = 0x000f01;

const headBytes = (runs: readonly Run[]) => runs.reduce((sum, run) => sum + TRAF_BYTES + SAMPLE_BYTES * run.samples.length, MOOF_BYTES);
const dataBytes = (runs: readonly Run[]) => runs.reduce((sum, run) => run.samples.reduce((bytes, sample) => bytes + sample.data.length, sum), 8);

/** Bytes that `writeFragment` writes. */
export function fragmentBytes(runs: readonly Run[]): number {
	return headBytes(runs) + dataBytes(runs);
}

/**
 * Writes one moof and its mdat into `target` at `at`, and returns where they end. In place, since every picture of every show passes here:
 * no box is built to be copied.
 */
export function writeFragment(target: Buffer, at: number, sequence: number, runs: readonly Run[]): number {
	const moofBytes = headBytes(runs);
	target.writeUInt32BE(moofBytes, at);
	target.writeUInt32BE(MOOF, at + 4);
	target.writeUInt32BE(16, at + 8);
	target.writeUInt32BE(MFHD, at + 12);
	target.writeUInt32BE(0, at + 16);
	target.writeUInt32BE(sequence >>> 0, at + 20);
	let head = at + MOOF_BYTES;
	let offset = moofBytes + 8;
	for (const run of runs) {
		head = writeTraf(target, head, run, offset);
		for (const sample of run.samples) offset += sample.data.length;
	}
	target.writeUInt32BE(dataBytes(runs), head);
	target.writeUInt32BE(MDAT, head + 4);
	let body = head + 8;
	for (const run of runs) for (const sample of run.samples) body += sample.data.copy(target, body);
	return body;
}

function writeTraf(target: Buffer, at: number, { trackId, samples }: Run, dataOffset: number): number {
	target.writeUInt32BE(TRAF_BYTES + SAMPLE_BYTES * samples.length, at);
	target.writeUInt32BE(TRAF, at + 4);
	target.writeUInt32BE(16, at + 8);
	target.writeUInt32BE(TFHD, at + 12);
	target.writeUInt32BE(BASE_IS_MOOF, at + 16);
	target.writeUInt32BE(trackId, at + 20);
	target.writeUInt32BE(20, at + 24);
	target.writeUInt32BE(TFDT, at + 28);
	target.writeUInt32BE(0x01000000, at + 32);
	const start = Math.max(0, Math.round(samples[0]?.timestampUs ?? 0));
	target.writeUInt32BE(Math.floor(start / 0x100000000), at + 36);
	target.writeUInt32BE(start % 0x100000000, at + 40);
	target.writeUInt32BE(20 + SAMPLE_BYTES * samples.length, at + 44);
	target.writeUInt32BE(TRUN, at + 48);
	target.writeUInt32BE(0x01000000 + TRUN_FLAGS, at + 52);
	target.writeUInt32BE(samples.length, at + 56);
	target.writeUInt32BE(dataOffset, at + 60);
	let row = at + TRAF_BYTES;
	for (const sample of samples) {
		target.writeUInt32BE(Math.round(sample.durationUs) >>> 0, row);
		target.writeUInt32BE(sample.data.length, row + 4);
		target.writeUInt32BE(sample.isKey ? IS_SYNC : NOT_SYNC, row + 8);
		target.writeInt32BE(Math.round(sample.compositionUs) | 0, row + 12);
		row += SAMPLE_BYTES;
	}
	return row;
}

/** A fragment in a buffer of its own. */
export function fragment(sequence: number, runs: readonly Run[]): Buffer {
	const target = Buffer.allocUnsafe(fragmentBytes(runs));
	writeFragment(target, 0, sequence, runs);
	return target;
}

export const videoRun = (samples: readonly Sample[]): Run => ({ trackId: VIDEO_TRACK, samples });
export const audioRun = (samples: readonly Sample[]): Run => ({ trackId: AUDIO_TRACK, samples });
