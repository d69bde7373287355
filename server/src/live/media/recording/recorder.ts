import type { Part } from '../part-cutter.ts';

/** Where a show's parts are kept. */
export interface Recorder {
	/** `init` is what the part is decoded with; `atMs` the wall clock at its start. */
	add(init: Buffer, part: Part, atMs: number): void;
	/** Resolves when everything is on the disk. */
	end(): Promise<void>;
}
