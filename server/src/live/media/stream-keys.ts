import type { Queryable } from '../../platform/db/database.ts';

/** Which generation of a show's stream key is the good one; the key itself is worked out from it, and stands in no table. */
export async function keyGenerationOf(db: Queryable, showId: string): Promise<number> {
	const { rows } = await db.query<{ generation: number }>('select generation from live.stream_keys where show_id = $1', [showId]);
	return rows[0]?.generation ?? 0;
}

/** Makes all earlier keys worthless. */
export async function rotateStreamKey(db: Queryable, showId: string): Promise<number> {
	const { rows } = await db.query<{ generation: number }>(
		`insert into live.stream_keys (show_id, generation) values ($1, 1)
		 on conflict (show_id) do update set generation = live.stream_keys.generation + 1 returning generation`,
		[showId],
	);
	return rows[0]?.generation ?? 0;
}
