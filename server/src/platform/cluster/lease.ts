import { SupersededError, type Term } from './term.ts';

/** How far this server's clocks have come, milliseconds. */
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

const systemClocks: Clocks = { monotonic: () => performance.now(), wall: () => Date.now() };

export const momentOf = (clocks: Clocks = systemClocks): Moment => ({ monotonic: clocks.monotonic(), wall: clocks.wall() });

/** Ends a little before the database could give the lock away. */
const MARGIN_MS = 200;

/** A term that has to be renewed: it is current until `milliseconds` after the last renewal was asked for. */
export class Lease implements Term {
	readonly number: number;
	readonly #milliseconds: number;
	readonly #clocks: Clocks;
	#since: Moment;
	#ended = false;

	/** `since`: before the question was sent by whose answer it became ours. */
	constructor(number: number, options: { milliseconds: number; since: Moment; clocks?: Clocks }) {
		this.number = number;
		this.#milliseconds = options.milliseconds - MARGIN_MS;
		this.#clocks = options.clocks ?? systemClocks;
		this.#since = options.since;
	}

	/** `since`: before the question was sent that the database has answered now. */
	renew(since: Moment): void {
		this.#since = since;
	}

	end(): void {
		this.#ended = true;
	}

	/** By the clock that went further: one of them may have stood still. */
	get leftMs(): number {
		const now = momentOf(this.#clocks);
		return this.#milliseconds - Math.max(now.monotonic - this.#since.monotonic, now.wall - this.#since.wall);
	}

	isCurrent(): boolean {
		return !this.#ended && this.leftMs > 0;
	}

	require(): void {
		if (!this.isCurrent()) throw new SupersededError(this.number);
	}
}
