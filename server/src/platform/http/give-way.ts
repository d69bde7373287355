import { setTimeout as wait } from 'node:timers/promises';

/** A crowd of this size has the right of way. */
const CROWD = 64;
/** Between two looks, and how long a page waits at most: it is read a moment later anyway. Milliseconds. */
const LOOK_MS = 8;
const MOST_MS = 160;

/** Resolves when no crowd of buyers waits to be answered: a page takes as long to render as a hundred of them take to be told. */
export async function giveWay(waiting: () => number): Promise<void> {
	for (let waited = 0; waiting() > CROWD && waited < MOST_MS; waited += LOOK_MS) await wait(LOOK_MS);
}
