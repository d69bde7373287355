// A thread of its own for the leader's session: it goes on beating while the server's own thread is busy.
import { setTimeout as sleep } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import type { ContestData, ContestMessage } from './contest.ts';
import { momentOf } from './lease.ts';
import { Session } from './session.ts';

const { connection, url, pulse } = workerData as ContestData;

const AGAIN_MS = 500;
/** A server whose own thread stands still for longer does not come back: another shall lead. */
const STILL_MS = 10_000;

let closed = false;
let session: Session | null = null;
const tell = (message: ContestMessage) => parentPort?.postMessage(message);

parentPort?.on('message', (word: 'resign' | 'close') => {
	closed ||= word === 'close';
	session?.end();
});

while (!closed) {
	session = new Session({
		connection,
		url,
		onElected: (term, memory) => tell({ kind: 'elected', term, memory }),
		onLost: (term) => tell({ kind: 'lost', term }),
		onLeader: (leader) => tell({ kind: 'leader', leader }),
		isAlive: () => momentOf().monotonic - (pulse[0] ?? 0) < STILL_MS,
	});
	await session
		.run()
		.catch((error: unknown) => closed || tell({ kind: 'error', error: error instanceof Error ? (error.stack ?? error.message) : String(error) }));
	if (!closed) await sleep(AGAIN_MS);
}
parentPort?.close();
