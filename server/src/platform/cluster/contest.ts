import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type pg from 'pg';
import { Lease, momentOf } from './lease.ts';
import { LEASE_MS, type Leader } from './session.ts';
import type { Term } from './term.ts';

export interface ContestOptions {
	connection: pg.ClientConfig;
	/** Where other servers reach this one. */
	url: string;
	/** This server leads from now on. */
	onElected(term: Term): void;
	/** That is over; `term.isCurrent()` was false before. */
	onLost(term: Term): void;
	/** Another server leads, or still does. */
	onLeader(leader: Leader): void;
	onError(error: unknown): void;
}

export interface Contest {
	/** Gives leadership up, if it has it. */
	close(): Promise<void>;
	/** Gives it up and stands again after a while. */
	resign(): void;
}

/** What the thread is given; the pulse says when the server's own thread was last at work. */
export interface ContestData {
	connection: pg.ClientConfig;
	url: string;
	pulse: Float64Array;
}

/** What the thread tells. */
export type ContestMessage =
	| { kind: 'elected'; term: number; memory: SharedArrayBuffer }
	| { kind: 'lost'; term: number }
	| { kind: 'leader'; leader: Leader }
	| { kind: 'error'; error: string };

const PULSE_MS = 500;

/**
 * Stands for leader for as long as it is open. One advisory lock, held by a session of its own, decides. The session ends
 * with the connection, or when the leader says nothing for 1.5 s because it is frozen or cut off: PostgreSQL itself
 * sees to that (`idle_session_timeout`), so no clocks are compared. The leader stops before. The session lives in a thread of
 * its own: a server that is busy stays leader, one that is frozen does not.
 */
export function standForLeader(options: ContestOptions): Contest {
	const pulse = new Float64Array(new SharedArrayBuffer(Float64Array.BYTES_PER_ELEMENT));
	const beat = () => {
		pulse[0] = momentOf().monotonic;
	};
	beat();
	const beating = setInterval(beat, PULSE_MS);
	const { connection, url } = options;
	const worker = new Worker(new URL('./contest-worker.ts', import.meta.url), { workerData: { connection, url, pulse } satisfies ContestData });
	const gone = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
	let lease: Lease | null = null;
	const lose = () => {
		const lost = lease;
		lease = null;
		lost?.end();
		if (lost) options.onLost(lost);
	};
	worker.on('message', (message: ContestMessage) => {
		if (message.kind === 'elected') {
			lease = new Lease(message.term, { milliseconds: LEASE_MS, memory: message.memory });
			options.onElected(lease);
		} else if (message.kind === 'lost') lose();
		else if (message.kind === 'leader') options.onLeader(message.leader);
		else options.onError(new Error(`leader's session: ${message.error}`));
	});
	// Without it nothing renews the lease any more: this server follows until it is started again.
	worker.on('error', (error) => {
		lose();
		options.onError(error);
	});
	return {
		resign: () => worker.postMessage('resign'),
		async close() {
			worker.postMessage('close');
			// A database that is out of reach does not say good-bye.
			await Promise.race([gone, sleep(2000, undefined, { ref: false })]);
			await worker.terminate();
			clearInterval(beating);
			lose();
		},
	};
}
