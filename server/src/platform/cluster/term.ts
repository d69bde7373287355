import type { Queryable } from '../db/database.ts';

/** Another server leads by now: what this one wanted to write was refused, and nothing of it has happened. */
export class SupersededError extends Error {
	override name = 'SupersededError';
	constructor(term: number, options?: ErrorOptions) {
		super(`term ${term} is over: another server leads`, options);
	}
}

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
