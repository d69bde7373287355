/** Of what strangers' files may still take of the disk, for recordings that go on: pictures of products find room at any time. */
const DISK_SHARE = 0.25;

/**
 * What all recordings that go on take together. From `maxBytes` on, or a quarter of the disk's room, only those go on that have less than an
 * equal part of it: many shows at once cost the longest of them their recording, and never take more than twice as much.
 */
export class RunningRecordings {
	readonly #maxBytes: number;
	readonly #bytes = new Map<string, number>();

	constructor(maxBytes: number) {
		this.#maxBytes = maxBytes;
	}

	/** Notes how long a recording is, and says whether it may go on. @param room bytes that strangers' files may still take of the disk */
	mayGrow(directory: string, bytes: number, room: number): boolean {
		this.#bytes.set(directory, bytes);
		let together = 0;
		for (const one of this.#bytes.values()) together += one;
		const limit = Math.min(this.#maxBytes, (together + room) * DISK_SHARE);
		return together < limit || bytes < limit / this.#bytes.size;
	}

	/** It goes on no more: its show is over, and the budget of replays counts it. */
	forget(directory: string): void {
		this.#bytes.delete(directory);
	}
}
