import type { Part } from '../part-cutter.ts';

/** One segment of a live playlist. */
export interface HlsSegment {
	number: number;
	parts: { bytes: Buffer; seconds: number; isIndependent: boolean }[];
	seconds: number;
	isWhole: boolean;
	afterGap: boolean;
	/** Which init segment it is decoded with. */
	init: number;
	/** Wall clock at its start, ms. */
	startedAtMs: number;
}

/** As many segments stay to be fetched. */
const MAX_SEGMENTS = 8;
/** What playlists promise of parts, seconds. */
export const PART_TARGET = 0.334;
const PATIENCE_MS = 5000;

/** The last segments of a rendition in memory, and whoever waits for the next part. */
export class HlsWindow {
	readonly segments: HlsSegment[] = [];
	isEnded = false;
	/** Discontinuities before the first segment. */
	discontinuities = 0;
	/** Of segments that are still there, and the newest one. */
	readonly #inits = new Map<number, Buffer>();
	#lastInit = -1;
	#next = 0;
	readonly #waiting = new Set<() => void>();

	setInit(init: Buffer): void {
		if (this.#inits.get(this.#lastInit)?.equals(init)) return;
		this.#inits.set(++this.#lastInit, init);
		for (const number of this.#inits.keys()) {
			if (number !== this.#lastInit && !this.segments.some((segment) => segment.init === number)) this.#inits.delete(number);
		}
	}

	init(number: number): Buffer | null {
		return this.#inits.get(number) ?? null;
	}

	add(part: Part, startedAtMs: number): void {
		if (part.beginsSegment) {
			const last = this.segments.at(-1);
			if (last) last.isWhole = true;
			const init = this.#lastInit;
			this.segments.push({ number: this.#next++, parts: [], seconds: 0, isWhole: false, afterGap: part.afterGap && last !== undefined, init, startedAtMs });
			if (this.segments.length > MAX_SEGMENTS && this.segments.shift()?.afterGap) this.discontinuities++;
		}
		const open = this.segments.at(-1);
		if (!open) return;
		const seconds = part.durationUs / 1e6;
		open.parts.push({ bytes: part.bytes, seconds, isIndependent: part.isIndependent });
		open.seconds += seconds;
		this.#wake();
	}

	end(): void {
		const last = this.segments.at(-1);
		if (last) last.isWhole = true;
		this.isEnded = true;
		this.#wake();
	}

	segment(number: number): HlsSegment | null {
		return this.segments.find((segment) => segment.number === number) ?? null;
	}

	/** How many wait. */
	get waiting(): number {
		return this.#waiting.size;
	}

	/** Resolves when the part is there, or a whole segment if none is named; false when it does not come, or nobody waits any more. */
	async waitFor(number: number, part: number | null, signal?: AbortSignal): Promise<boolean> {
		const until = performance.now() + PATIENCE_MS;
		while (!this.#has(number, part)) {
			const left = until - performance.now();
			if (signal?.aborted || this.isEnded || left <= 0 || number > this.#next + 1) return false;
			await this.#change(left, signal);
		}
		return true;
	}

	#has(number: number, part: number | null): boolean {
		const segment = this.segment(number);
		if (!segment) return number < (this.segments[0]?.number ?? 0);
		return segment.isWhole || (part !== null && segment.parts.length > part);
	}

	#change(patienceMs: number, signal: AbortSignal | undefined): Promise<void> {
		return new Promise((resolve) => {
			const done = () => {
				clearTimeout(timer);
				this.#waiting.delete(done);
				signal?.removeEventListener('abort', done);
				resolve();
			};
			const timer = setTimeout(done, patienceMs);
			this.#waiting.add(done);
			signal?.addEventListener('abort', done);
		});
	}

	#wake(): void {
		for (const done of [...this.#waiting]) done();
	}
}
