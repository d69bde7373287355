/** After this long of one kind of work everybody else has a turn, milliseconds. */
const SLICE_MS = 4;

/**
 * Lets work that arrives by the thousand wait its turn, in the order of arrival and a few milliseconds at a time. Whatever comes
 * in the same moment is only noted then, which is next to nothing; pages and answers of the database get their turns between.
 */
export function createTurns(sliceMs = SLICE_MS): <T>(work: () => Promise<T>) => Promise<T> {
	const waiting: (() => void)[] = [];
	let next = 0;
	let working = false;
	const workSome = () => {
		const until = performance.now() + sliceMs;
		while (next < waiting.length) {
			waiting[next++]?.();
			if (performance.now() >= until) break;
		}
		if (next < waiting.length) return void setImmediate(workSome);
		waiting.length = 0;
		next = 0;
		working = false;
	};
	return (work) =>
		new Promise((resolve, reject) => {
			waiting.push(() => work().then(resolve, reject));
			if (working) return;
			working = true;
			setImmediate(workSome);
		});
}
