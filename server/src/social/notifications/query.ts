import type { Side } from '@kaishi/protocol/social';
import type { Address, Hex } from 'viem';
import type { Queryable } from '../../platform/db/database.ts';
import { decodeCursor } from '../../platform/db/page.ts';

export interface NotificationRow {
	block_number: number;
	log_index: number;
	side: Side;
	order_id: Hex;
	shop_id: string;
	event: string;
	cause: number | null;
	at: number;
	unread: boolean;
}

/** Nobody catches up on more than a month when they join a shop. */
const COUNTED_SECONDS = 30 * 86_400;

const OF_VIEWER = `((side = 'buyer' and buyer = $1) or (side = 'shop' and shop_id = any($2::numeric[])))`;
const UNREAD = `(block_number, log_index) > (coalesce((select r.block_number from social_private.notification_reads r where r.account = $1), -1),
	coalesce((select r.log_index from social_private.notification_reads r where r.account = $1), -1))`;

/** Newest first, one more than `limit`: of `account` as a buyer, and of the shops it answers for. */
export async function listNotifications(
	db: Queryable,
	of: { account: Address; shopIds: readonly string[] },
	cursor: string | null | undefined,
	limit: number,
): Promise<NotificationRow[]> {
	const after = decodeCursor(cursor, ['bigint', 'int', 'int']);
	const { rows } = await db.query<NotificationRow>(
		`select block_number, log_index, side, order_id, shop_id, event, cause, at, ${UNREAD} as unread from social.notifications
		 where ${OF_VIEWER} and ($3::bigint is null or (block_number, log_index, (side = 'shop')::int) < ($3, $4, $5))
		 order by block_number desc, log_index desc, (side = 'shop')::int desc limit $6`,
		[of.account, of.shopIds, after?.[0] ?? null, after?.[1] ?? null, after?.[2] ?? null, limit + 1],
	);
	return rows;
}

export async function countUnread(db: Queryable, of: { account: Address; shopIds: readonly string[]; now: number }): Promise<number> {
	const { rows } = await db.query<{ n: number }>(`select count(*)::int as n from social.notifications where ${OF_VIEWER} and ${UNREAD} and at > $3`, [
		of.account,
		of.shopIds,
		of.now - COUNTED_SECONDS,
	]);
	return rows[0]?.n ?? 0;
}

/** Never goes back. */
export async function markNotificationsRead(db: Queryable, account: Address, upTo: { block: string; log: number }): Promise<void> {
	await db.query(
		`insert into social_private.notification_reads as r (account, block_number, log_index) values ($1, $2, $3)
		 on conflict (account) do update set block_number = excluded.block_number, log_index = excluded.log_index
		 where (excluded.block_number, excluded.log_index) > (r.block_number, r.log_index)`,
		[account, upTo.block, upTo.log],
	);
}
