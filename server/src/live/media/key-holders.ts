import type { Address } from 'viem';
import type { Queryable } from '../../platform/db/database.ts';
import { mayHost } from '../room/access.ts';
import type { ShowRow } from '../room/query.ts';
import { rotateStreamKey } from './stream-keys.ts';

/** Remembers that an account has seen a show's stream key. */
export async function noteHolder(db: Queryable, showId: string, account: Address): Promise<void> {
	await db.query('insert into live.key_holders (show_id, account) values ($1, $2) on conflict do nothing', [showId, account]);
}

type KeyedShow = Pick<ShowRow, 'show_id' | 'shop_id' | 'host' | 'co_hosts'>;

/**
 * Makes the keys of these shows, or of all shows of these shops, worthless where somebody has seen them who may no longer run the show: an
 * encoder shows nothing but its key. Returns the shows.
 */
export async function rotateLostKeys(db: Queryable, { showIds = [], shopIds = [] }: { showIds?: string[]; shopIds?: string[] }): Promise<KeyedShow[]> {
	const { rows } = await db.query<KeyedShow & { account: Address }>(
		`select s.show_id, s.shop_id, s.host, s.co_hosts, h.account from live.key_holders h join live.shows s on s.show_id = h.show_id
		 where s.status <> 'ended' and (s.show_id = any($1) or s.shop_id = any($2::numeric[]))`,
		[showIds, shopIds],
	);
	const lost = new Map<string, KeyedShow>();
	for (const row of rows) if (!lost.has(row.show_id) && !(await mayHost(db, row, row.account))) lost.set(row.show_id, row);
	for (const showId of lost.keys()) {
		await rotateStreamKey(db, showId);
		await db.query('delete from live.key_holders where show_id = $1', [showId]);
	}
	return [...lost.values()];
}
