import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import { roomOn } from '../../../platform/limits/disk-reserve.ts';
import type { Part } from '../part-cutter.ts';
import { KEPT_FREE_BYTES, type Recorder } from './recorder.ts';
import { endOf, INDEX_FILE, lineOf, MEDIA_FILE, type SegmentEntry } from './recording-index.ts';
import { repairRecording } from './repair-recording.ts';
import type { RunningRecordings } from './running-recordings.ts';

/** A disk this far behind will not catch up: the show goes on without a recording. */
const MAX_WAITING_BYTES = 32 * 1024 * 1024;

export interface FileRecorderOptions {
	directory: string;
	/** Of the whole recording: one show does not fill what all have. */
	maxBytes: number;
	/** Of this process, with others. */
	running: RunningRecordings;
	/** Told once; nothing is recorded from then on. */
	onFailure(reason: string): void;
}

/**
 * Appends parts to one file as they come, and a line to its index for each segment that is whole and on the disk. A process that is killed
 * loses what the operating system had not been given: at most the open part.
 */
export class FileRecorder implements Recorder {
	readonly #options: FileRecorderOptions;
	#init: Buffer | null = null;
	#segment: SegmentEntry | null = null;
	#offset = 0;
	#waitingBytes = 0;
	#failed = false;
	#work: Promise<void>;
	#media: FileHandle | null = null;
	#index: FileHandle | null = null;

	constructor(options: FileRecorderOptions) {
		this.#options = options;
		this.#work = this.#open();
	}

	add(init: Buffer, part: Part, atMs: number): void {
		if (this.#failed) return;
		const isNewInit = this.#init === null || !this.#init.equals(init);
		if (!part.beginsSegment && (isNewInit || this.#init === null)) return;
		this.#waitingBytes += part.bytes.length;
		if (this.#waitingBytes > MAX_WAITING_BYTES) {
			this.#fail('the disk is too slow');
			return;
		}
		if (isNewInit) this.#init = init;
		this.#then(() => this.#write(isNewInit ? init : null, part, atMs));
	}

	async end(): Promise<void> {
		this.#then(() => this.#closeSegment());
		await this.#work;
		await this.#media?.close();
		await this.#index?.close();
		this.#media = this.#index = null;
		this.#failed = true;
		this.#options.running.forget(this.#options.directory);
	}

	async #open(): Promise<void> {
		try {
			const { directory } = this.#options;
			await mkdir(directory, { recursive: true, mode: 0o700 });
			const entries = await repairRecording(directory);
			this.#offset = endOf(entries);
			this.#media = await open(join(directory, MEDIA_FILE), 'a', 0o600);
			this.#index = await open(join(directory, INDEX_FILE), 'a', 0o600);
		} catch (error) {
			this.#fail(String(error));
		}
	}

	#then(work: () => Promise<void>): void {
		this.#work = this.#work.then(async () => {
			if (this.#media === null) return;
			try {
				await work();
			} catch (error) {
				this.#fail(String(error));
			}
		});
	}

	async #write(init: Buffer | null, part: Part, atMs: number): Promise<void> {
		if (part.beginsSegment) {
			await this.#closeSegment();
			if (this.#offset >= this.#options.maxBytes) return this.#fail('the recording is as long as it may be');
			const room = await roomOn(this.#options.directory);
			if (room < KEPT_FREE_BYTES) return this.#fail('the disk is full');
			if (!this.#options.running.mayGrow(this.#options.directory, this.#offset, room)) return this.#fail('recordings of all shows are as long as they may be');
		}
		if (init) {
			const offset = this.#offset;
			await this.#append(init);
			await this.#index?.write(lineOf({ kind: 'init', offset, length: init.length }));
		}
		const startUs = part.startUs;
		this.#segment ??= { kind: 'segment', offset: this.#offset, length: 0, startUs, durationUs: 0, atMs, afterGap: part.afterGap };
		await this.#append(part.bytes);
		this.#waitingBytes -= part.bytes.length;
		this.#segment.length += part.bytes.length;
		this.#segment.durationUs += part.durationUs;
	}

	async #append(bytes: Buffer): Promise<void> {
		await this.#media?.write(bytes);
		this.#offset += bytes.length;
	}

	async #closeSegment(): Promise<void> {
		const segment = this.#segment;
		if (segment === null) return;
		this.#segment = null;
		await this.#media?.datasync();
		await this.#index?.write(lineOf(segment));
	}

	#fail(reason: string): void {
		if (this.#failed) return;
		this.#failed = true;
		this.#options.onFailure(reason);
	}
}
