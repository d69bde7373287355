import { Refusal } from '@kaishi/protocol/platform/errors';

/** Runs at most `atOnce` pieces of work together; beyond `waiting` in line it refuses with `code` at once. */
export function createWorkQueue(options: { atOnce: number; waiting: number; code: string }): <T>(work: () => Promise<T>) => Promise<T> {
	let running = 0;
	const line: (() => void)[] = [];
	return async (work) => {
		if (running >= options.atOnce) {
			if (line.length >= options.waiting) throw new Refusal(options.code, 'tooMany');
			await new Promise<void>((start) => line.push(start));
		} else running++;
		try {
			return await work();
		} finally {
			// The place is handed on without being freed, so nobody can slip in between.
			const next = line.shift();
			if (next) next();
			else running--;
		}
	};
}
