import { SupersededError, type Term } from './term.ts';

/** How far this machine's clocks have come, milliseconds; the same in every thread. */
export interface Clocks {
	/** Stands still while a machine sleeps. */
	monotonic(): number;
	/** Jumps when somebody sets it. */
	wall(): number;
}

export interface Moment {
	monotonic: number;
	wall: number;
}

const systemClocks: Clocks = { monotonic: () => Number(process.hrtime.bigint() / 1000n) / 1000, wall: () => Date.now() };

export const momentOf = (clocks: Clocks = systemClocks): Moment => ({ monotonic: clocks.monotonic(), wall: clocks.wall() });

/** Where a lease is kept, so that another thread may renew it: two clocks, and whether it has ended. */
export const newLeaseMemory = (): SharedArrayBuffer => new SharedArrayBuffer(3 * Float64Array.BYTES_PER_ELEMENT);

/** Ends a little before the database could give the lock away. */
const MARGIN_MS = 200;

/** A term that has to be renewed: it is current until `milliseconds` after the last renewal was asked for. */
export class Lease implements Term {
	readonly number: number;
	readonly #milliseconds: number;
	readonly #clocks: Clocks;
	readonly #memory: Float64Array;

	constructor(number: number, options: { milliseconds: number; memory: SharedArrayBuffer; clocks?: Clocks }) {
		this.number = number;
		this.#milliseconds = options.milliseconds - MARGIN_MS;
		this.#clocks = options.clocks ?? systemClocks;
		this.#memory = new Float64Array(options.memory);
	}

	/** `since`: before the question was sent that the database has answered now. */
	renew(since: Moment): void {
		this.#memory[0] = since.monotonic;
		this.#memory[1] = since.wall;
	}

	end(): void {
		this.#memory[2] = 1;
	}

	/** By the clock that went further: one of them may have stood still. */
	get leftMs(): number {
		const now = momentOf(this.#clocks);
		const [monotonic = 0, wall = 0] = this.#memory;
		return this.#milliseconds - Math.max(now.monotonic - monotonic, now.wall - wall);
	}

	isCurrent(): boolean {
		return this.#memory[2] === 0 && this.leftMs > 0;
	}

	require(): void {
		if (!this.isCurrent()) throw new SupersededError(this.number);
	}
}
