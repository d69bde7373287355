import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { Lease, momentOf, newLeaseMemory } from './lease.ts';
import { beginTerm } from './term.ts';

/** Who led when the table was last looked at. */
export interface Leader {
	term: number;
	url: string;
}

export interface SessionOptions {
	connection: pg.ClientConfig;
	/** Where other servers reach this one. */
	url: string;
	/** The lease that is kept in `memory` begins. */
	onElected(term: number, memory: SharedArrayBuffer): void;
	onLost(term: number): void;
	onLeader(leader: Leader): void;
	/** Whether who would lead is at work; a leader that is not stops beating. */
	isAlive(): boolean;
}

/** Any number: it only has to be the same in every server, and no other lock's. */
const LOCK = 0x6c656164;
/** So often a server asks for the lock. */
const ASK_MS = 100;
/** So often the leader tells the database that it is there. */
const BEAT_MS = 200;
/** The database ends the session, and with it the leadership, of a leader that it has not heard of for so long. */
export const LEASE_MS = 1500;

/** One connection to the database: asks for the lock, then keeps it, until the connection ends. */
export class Session {
	readonly #options: SessionOptions;
	readonly #client: pg.Client;
	readonly #gone: Promise<null>;

	constructor(options: SessionOptions) {
		this.#options = options;
		const name = { application_name: 'kaishi leader' };
		this.#client = new pg.Client({ ...options.connection, ...name, keepAlive: true, keepAliveInitialDelayMillis: 1000, connectionTimeoutMillis: 3000 });
		// Whatever is asked on it fails, and that is where it is handled.
		this.#client.on('error', () => undefined);
		this.#gone = new Promise((resolve) => this.#client.once('end', () => resolve(null)));
	}

	end(): void {
		void this.#client.end().catch(() => undefined);
	}

	async run(): Promise<void> {
		try {
			await this.#client.connect();
			await this.#client.query(`set idle_session_timeout = ${LEASE_MS}`);
			while (!(await this.#ask())) if ((await this.#pause(ASK_MS)) === null) return;
			await this.#lead();
		} finally {
			this.end();
		}
	}

	/** Whether the lock is ours now. */
	async #ask(): Promise<boolean> {
		const { rows } = await this.#client.query<{ won: boolean; term: string; url: string }>(
			'select pg_try_advisory_lock($1) as won, term, url from cluster.leader',
			[LOCK],
		);
		if (!rows[0]) throw new Error('the table of the leader is empty');
		const { won, term, url } = rows[0];
		if (!won) this.#options.onLeader({ term: Number(term), url });
		return won;
	}

	async #lead(): Promise<void> {
		const since = momentOf();
		const memory = newLeaseMemory();
		const lease = new Lease(await beginTerm(this.#client, this.#options.url), { milliseconds: LEASE_MS, memory });
		lease.renew(since);
		this.#options.onElected(lease.number, memory);
		try {
			while ((await this.#pause(BEAT_MS)) !== null) if (!(await this.#beat(lease))) return;
		} finally {
			lease.end();
			this.#options.onLost(lease.number);
		}
	}

	/** False when the database does not answer in time or knows of a later term, or who would lead is not at work. */
	async #beat(lease: Lease): Promise<boolean> {
		if (!this.#options.isAlive()) return false;
		const since = momentOf();
		const asked = this.#client.query<{ term: string }>('select term from cluster.leader').catch(() => null);
		const answer = await Promise.race([asked, this.#pause(Math.max(0, lease.leftMs))]);
		if (typeof answer !== 'object' || Number(answer?.rows[0]?.term) !== lease.number) return false;
		lease.renew(since);
		return true;
	}

	/** Null as soon as the connection has ended. */
	async #pause(milliseconds: number): Promise<'over' | null> {
		const stop = new AbortController();
		const over = sleep(milliseconds, 'over' as const, { signal: stop.signal }).catch(() => null);
		return await Promise.race([over, this.#gone]).finally(() => stop.abort());
	}
}
