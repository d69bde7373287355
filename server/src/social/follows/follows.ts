import { Refusal } from '@kaishi/protocol/platform/errors';
import { type FollowedShop, MAX_FOLLOWS } from '@kaishi/protocol/social';
import type { Address } from 'viem';
import { remindAll, showsOnAir } from '../../live/public.ts';
import type { Database, Queryable } from '../../platform/db/database.ts';
import { type MediaViews, shopFaces } from '../../shop/public.ts';

/** @param now chain time, Unix seconds. */
export async function follow(db: Queryable, account: Address, shopId: string, now: number): Promise<void> {
	const { rows } = await db.query<{ n: number }>('select count(*)::int as n from social_private.follows where account = $1', [account]);
	if ((rows[0]?.n ?? 0) >= MAX_FOLLOWS) throw new Refusal('Social_TooManyFollows', 'tooMany', { limit: String(MAX_FOLLOWS) });
	await db.query('insert into social_private.follows (account, shop_id, at) values ($1, $2, $3) on conflict do nothing', [account, shopId, now]);
}

export async function unfollow(db: Queryable, account: Address, shopId: string): Promise<void> {
	await db.query('delete from social_private.follows where account = $1 and shop_id = $2', [account, shopId]);
}

/** Latest first. */
export async function followsOf(db: Queryable, media: MediaViews, account: Address): Promise<FollowedShop[]> {
	const { rows } = await db.query<{ shop_id: string }>('select shop_id from social_private.follows where account = $1 order by at desc, shop_id', [account]);
	const faces = await shopFaces(
		db,
		media,
		rows.map((row) => row.shop_id),
	);
	return rows.flatMap(({ shop_id }) => faces.get(shop_id) ?? []);
}

/** Between two shows of a shop that its followers are told of; of others whoever asked for them is told. */
const ROUND_SECONDS = 6 * 3600;

/** Puts a shop's followers among those who are told of a show, once, when it goes on air. @param now chain time, Unix seconds. */
export async function remindFollowers(db: Database, now: number): Promise<void> {
	const onAir = await showsOnAir(db);
	if (onAir.length === 0) return;
	const ids = onAir.map((show) => show.show_id);
	const { rows } = await db.query<{ show_id: string }>('select show_id from social_private.follow_news where show_id = any($1)', [ids]);
	const known = new Set(rows.map((row) => row.show_id));
	for (const show of onAir.filter(({ show_id }) => !known.has(show_id))) {
		await db.transaction(async (tx) => {
			const { rowCount } = await tx.query('insert into social_private.follow_news (show_id) values ($1) on conflict do nothing', [show.show_id]);
			if (rowCount === 0) return;
			const round = await tx.query(
				`insert into social_private.follow_rounds as r (shop_id, at) values ($1, $2)
				 on conflict (shop_id) do update set at = excluded.at where r.at <= excluded.at - $3::bigint`,
				[show.shop_id, now, ROUND_SECONDS],
			);
			if (round.rowCount === 0) return;
			const { rows: followers } = await tx.query<{ account: Address }>('select account from social_private.follows where shop_id = $1', [show.shop_id]);
			await remindAll(
				tx,
				show.show_id,
				followers.map(({ account }) => account),
			);
		});
	}
}
