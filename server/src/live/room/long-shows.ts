import type { Queryable } from '../../platform/db/database.ts';
import { listOnAirSince } from './query.ts';

/** Nobody sells for longer without a rest; a show whose host forgot it, or whose picture never came, holds its place no longer. */
const MAX_SECONDS = 12 * 3600;
const ROUND_MS = 60_000;

export interface LongShowsContext {
	db: Queryable;
	/** Chain time, Unix seconds. */
	now(): number;
	end(showId: string): Promise<void>;
	onError(error: unknown): void;
}

/** Ends every show that has been on air for too long. */
export async function endLongShows({ db, now, end }: LongShowsContext): Promise<void> {
	for (const showId of await listOnAirSince(db, now() - MAX_SECONDS)) await end(showId);
}

/** Looks every minute; returns what stops it. */
export function keepShowsShort(context: LongShowsContext): () => Promise<void> {
	const rounds = setInterval(() => void endLongShows(context).catch(context.onError), ROUND_MS);
	return async () => clearInterval(rounds);
}
