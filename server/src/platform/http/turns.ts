/** After this long of one kind of work everybody else has a turn, milliseconds. */
const SLICE_MS = 2;

export interface TurnsOptions {
	sliceMs?: number;
	/** Null, or, while nothing more can be begun, a promise of when. */
	hold?(): Promise<void> | null;
}

/** Does work in its turn. */
export interface Turns {
	(work: () => void): void;
	/** How much waits. */
	readonly waiting: number;
}

/**
 * Lets work that arrives by the thousand wait its turn, in the order of arrival and a few milliseconds at a time. Whatever comes
 * in the same moment is only noted then, which is next to nothing; pages and answers of the database get their turns between.
 */
export function createTurns({ sliceMs = SLICE_MS, hold = () => null }: TurnsOptions = {}): Turns {
	const waiting: (() => void)[] = [];
	let next = 0;
	let working = false;
	const workSome = () => {
		const until = performance.now() + sliceMs;
		while (next < waiting.length) {
			const held = hold();
			if (held !== null) return void held.then(workSome, workSome);
			waiting[next++]?.();
			if (performance.now() >= until) break;
		}
		if (next < waiting.length) return void setImmediate(workSome);
		waiting.length = 0;
		next = 0;
		working = false;
	};
	const inTurn = (work: () => void) => {
		waiting.push(work);
		if (working) return;
		working = true;
		setImmediate(workSome);
	};
	return Object.defineProperty(inTurn, 'waiting', { get: () => waiting.length - next }) as Turns;
}
