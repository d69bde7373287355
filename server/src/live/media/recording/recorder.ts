import type { Part } from '../part-cutter.ts';

/** Left free by recordings and clips, beyond what all strangers' files leave: a full disk of shows refuses no seller's pictures. */
export const KEPT_FREE_BYTES = 1024 ** 3;

/** Where a show's parts are kept. */
export interface Recorder {
	/** `init` is what the part is decoded with; `atMs` the wall clock at its start. */
	add(init: Buffer, part: Part, atMs: number): void;
	/** Resolves when everything is on the disk. */
	end(): Promise<void>;
}
