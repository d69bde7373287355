import type { Notice } from '@kaishi/protocol/live';
import type { Queryable } from '../../platform/db/database.ts';

/** What a room is told of somebody, and what it is known by: each is told once. */
export interface Telling {
	about: string;
	notice: Notice;
}

/** Longer than anything is fresh: pots and shows last half a day at most. */
const KEPT_SECONDS = 2 * 86_400;

/** Tells once, however often and on however many servers it is asked for. Where telling fails it may be asked for again. @param now Unix seconds. */
export async function tellOnce(db: Queryable, about: string, now: number, tell: () => Promise<void>): Promise<void> {
	await db.query('delete from live.told where at < $1', [now - KEPT_SECONDS]);
	const { rowCount } = await db.query('insert into live.told (about, at) values ($1, $2) on conflict do nothing', [about, now]);
	if (rowCount === 0) return;
	try {
		await tell();
	} catch (error) {
		await db.query('delete from live.told where about = $1', [about]);
		throw error;
	}
}
