import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { Lease, momentOf } from './lease.ts';
import { beginTerm, type Term } from './term.ts';

/** Who led when the table was last looked at. */
export interface Leader {
	term: number;
	url: string;
}

export interface ContestOptions {
	connection: pg.ClientConfig;
	/** Where other servers reach this one. */
	url: string;
	/** This server leads from now on. */
	onElected(term: Term): void;
	/** That is over: told at once when it is noticed; `term.isCurrent()` was false before. */
	onLost(term: Term): void;
	/** Another server leads; told again only when it is another one. */
	onLeader(leader: Leader): void;
	onError(error: unknown): void;
}

export interface Contest {
	/** Gives leadership up, if it has it. */
	close(): Promise<void>;
	/** Gives it up and stands again after a while. */
	resign(): void;
}

/** Any number: it only has to be the same in every server, and no other lock's. */
const LOCK = 0x6c656164;
/** So often a server asks for the lock. */
const ASK_MS = 100;
/** So often the leader tells the database that it is there. */
const BEAT_MS = 250;
/** The database ends the session, and with it the leadership, of a leader that it has not heard of for so long. */
const LEASE_MS = 2000;
const AGAIN_MS = 500;

/**
 * Stands for leader for as long as it is open. One advisory lock, held by a session of its own, decides. The session ends
 * with the connection, or when the leader says nothing for two seconds because it hangs or is cut off: PostgreSQL itself sees to
 * that (`idle_session_timeout`), so no clocks are compared. The leader stops before.
 */
export function standForLeader(options: ContestOptions): Contest {
	let closed = false;
	let session: Session | null = null;
	const run = async () => {
		while (!closed) {
			session = new Session(options);
			await session.run().catch((error: unknown) => closed || options.onError(error));
			if (!closed) await sleep(AGAIN_MS);
		}
	};
	const running = run();
	return {
		resign: () => session?.end(),
		async close() {
			closed = true;
			session?.end();
			// A database that is out of reach does not say good-bye.
			await Promise.race([running, sleep(2000, undefined, { ref: false })]);
		},
	};
}

/** One connection to the database: asks for the lock, then keeps it, until the connection ends. */
class Session {
	readonly #options: ContestOptions;
	readonly #client: pg.Client;
	readonly #gone: Promise<null>;

	constructor(options: ContestOptions) {
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
		const lease = new Lease(await beginTerm(this.#client, this.#options.url), { milliseconds: LEASE_MS, since });
		this.#options.onElected(lease);
		try {
			while ((await this.#pause(BEAT_MS)) !== null) if (!(await this.#beat(lease))) return;
		} finally {
			lease.end();
			this.#options.onLost(lease);
		}
	}

	/** False when the database does not answer in time, or knows of a later term. */
	async #beat(lease: Lease): Promise<boolean> {
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
