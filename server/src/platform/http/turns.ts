/** After this long of one kind of work everybody else has a turn, milliseconds. */
const SLICE_MS = 2;
/** So many that are done are let go of together: a queue that never empties must not keep them. */
const LET_GO = 1024;

export interface TurnsOptions {
	sliceMs?: number;
	/** Null, or, while nothing more can be begun, a promise of when. */
	hold?(): Promise<void> | null;
}

/** Does work in its turn. */
export interface Turns {
	add(work: () => void): void;
	/** How much waits. */
	readonly waiting: number;
	/** Does the first of what waits in this very moment, whatever `hold` says. */
	next(): void;
}

/**
 * Lets work that arrives by the thousand wait its turn, in the order of arrival and a few milliseconds at a time, unless
 * somebody asks for the {@link Turns.next}. Whatever comes in the same moment is only noted then, which is next to nothing; pages and
 * answers of the database get their turns between.
 */
export function createTurns({ sliceMs = SLICE_MS, hold = () => null }: TurnsOptions = {}): Turns {
	const waiting: (() => void)[] = [];
	let first = 0;
	let working = false;
	const next = () => {
		const work = waiting[first++];
		if (first >= LET_GO) {
			waiting.splice(0, first);
			first = 0;
		}
		work?.();
	};
	const workSome = () => {
		const until = performance.now() + sliceMs;
		while (first < waiting.length) {
			const held = hold();
			if (held !== null) return void held.then(workSome, workSome);
			next();
			if (performance.now() >= until) break;
		}
		if (first < waiting.length) return void setImmediate(workSome);
		waiting.length = 0;
		first = 0;
		working = false;
	};
	return {
		add(work) {
			waiting.push(work);
			if (working) return;
			working = true;
			setImmediate(workSome);
		},
		get waiting() {
			return waiting.length - first;
		},
		next() {
			if (first < waiting.length) next();
		},
	};
}
