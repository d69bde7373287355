import { Refusal } from '@kaishi/protocol/platform/errors';
import type { Queryable } from '../db/database.ts';

/** A server's time as the leader, from its election until another may be elected. */
export interface Term {
	/** Grows with every election. */
	readonly number: number;
	/** False from the moment on at which another server may lead, also in a process that has just woken up. */
	isCurrent(): boolean;
	/** Throws `SupersededError` unless it is current. */
	require(): void;
}

const NO_LEADER = 'Cluster_NoLeader';

/** This server does not lead, or not any more: what it was to do was refused, and nothing of it has happened. */
export class SupersededError extends Refusal {
	constructor(term: number | null, options?: ErrorOptions) {
		super(NO_LEADER, 'unavailable', term === null ? {} : { term: String(term) }, options);
	}
}

/** Also when another server said so. */
export const isSuperseded = (error: unknown): boolean => error instanceof Refusal && error.code === NO_LEADER;

const TERM_IS_OVER = 'KS001';

/**
 * Begins the next term, whose leader is reached at `url`, once every write of the term before has ended. Whoever calls this
 * holds the leader's lock, or is the only server there is.
 */
export async function beginTerm(db: Queryable, url: string): Promise<number> {
	const { rows } = await db.query<{ term: number }>('update cluster.leader set term = term + 1, url = $1, since = now() returning term', [url]);
	if (!rows[0]) throw new Error('the table of the leader is empty');
	return Number(rows[0].term);
}

/** Of the only server of a market: nobody else can ever lead. */
export async function beginSoleTerm(db: Queryable): Promise<Term> {
	return { number: await beginTerm(db, ''), isCurrent: () => true, require: () => undefined };
}

/**
 * Makes the rest of `tx` a write of this term: throws `SupersededError` when another has begun, and none begins before `tx`
 * has ended. A single statement does without the second round trip: `insert … select … from cluster.require_term($1), …`
 * within {@link asTerm}.
 */
export function fenced(tx: Queryable, term: number): Promise<void> {
	return asTerm(term, async () => void (await tx.query('select cluster.require_term($1)', [term])));
}

/** Runs statements that call `cluster.require_term` themselves; its refusal becomes a `SupersededError`. */
export async function asTerm<T>(term: number, write: () => Promise<T>): Promise<T> {
	try {
		return await write();
	} catch (cause) {
		if ((cause as { code?: unknown } | null)?.code === TERM_IS_OVER) throw new SupersededError(term, { cause });
		throw cause;
	}
}
