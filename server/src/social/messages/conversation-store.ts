import type { Locale } from '@kaishi/protocol/platform/local-text';
import type { ConversationFilter, Side } from '@kaishi/protocol/social';
import type { Address, Hex } from 'viem';
import type { Queryable } from '../../platform/db/database.ts';
import { decodeCursor } from '../../platform/db/page.ts';

/** Who talks with whom, how far each has read, who answers: everything but the words. */
export interface ConversationRow {
	id: string;
	buyer: Address;
	shop_id: string;
	tenure: string;
	touched: number;
	last_seq: number;
	last_hash: Hex | null;
	buyer_read: number;
	shop_read: number;
	buyer_blocks: boolean;
	shop_blocks: boolean;
	assignee: Address | null;
	buyer_locale: Locale | null;
	waiting_since: number | null;
	waiting_seq: number | null;
}

export type CountedRow = ConversationRow & { unread: number };

const COLUMNS = `c.id, c.buyer, c.shop_id, c.tenure, c.touched, c.last_seq, c.last_hash, c.buyer_read, c.shop_read, c.buyer_blocks, c.shop_blocks, c.assignee,
	c.buyer_locale, c.waiting_since, c.waiting_seq`;
const unreadBy = (side: Side) =>
	`(select count(*)::int from social_private.messages m where m.conversation_id = c.id and m.seq > c.${side}_read and m.side <> '${side}')`;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** `lock` keeps others out until the transaction ends, which puts messages in order. */
export async function findConversation(db: Queryable, id: string, lock = false): Promise<ConversationRow | null> {
	if (!UUID.test(id)) return null;
	const { rows } = await db.query<ConversationRow>(`select ${COLUMNS} from social_private.conversations c where c.id = $1 ${lock ? 'for update' : ''}`, [id]);
	return rows[0] ?? null;
}

/** Makes the conversation or finds the one there is. */
export async function openConversation(db: Queryable, of: { buyer: Address; shopId: string; tenure: string; now: number }): Promise<ConversationRow> {
	await db.query('insert into social_private.conversations (buyer, shop_id, tenure, opened_at) values ($1, $2, $3, $4) on conflict do nothing', [
		of.buyer,
		of.shopId,
		of.tenure,
		of.now,
	]);
	const { rows } = await db.query<ConversationRow>(
		`select ${COLUMNS} from social_private.conversations c where c.buyer = $1 and c.shop_id = $2 and c.tenure = $3`,
		[of.buyer, of.shopId, of.tenure],
	);
	return rows[0] as ConversationRow;
}

type Of = { buyer: Address } | { shopId: string; tenure: string; viewer: Address };

/** Those in which something was said, latest first, one more than `limit`. A shop's do not show what its own people ask as buyers. */
export async function listConversations(db: Queryable, of: Of, filter: ConversationFilter, limit: number): Promise<CountedRow[]> {
	const [before = null] = decodeCursor(filter.cursor, ['bigint']) ?? [];
	const asBuyer = 'buyer' in of;
	const unread = unreadBy(asBuyer ? 'buyer' : 'shop');
	const whose = asBuyer ? 'c.buyer = $1' : 'c.buyer <> $1 and c.shop_id = $4 and c.tenure = $5';
	const shown = filter.show === 'unread' ? `and ${unread} > 0` : filter.show === 'mine' && !asBuyer ? 'and c.assignee = $1' : '';
	const { rows } = await db.query<CountedRow>(
		`select ${COLUMNS}, ${unread} as unread from social_private.conversations c
		 where ${whose} and c.last_seq > 0 and ($2::bigint is null or c.touched < $2) ${shown} order by c.touched desc limit $3`,
		[asBuyer ? of.buyer : of.viewer, before, limit + 1, ...(asBuyer ? [] : [of.shopId, of.tenure])],
	);
	return rows;
}

export async function unreadIn(db: Queryable, id: string, side: Side): Promise<number> {
	const { rows } = await db.query<{ n: number }>(`select ${unreadBy(side)} as n from social_private.conversations c where c.id = $1`, [id]);
	return rows[0]?.n ?? 0;
}

export async function countUnreadOfBuyer(db: Queryable, buyer: Address): Promise<number> {
	const { rows } = await db.query<{ n: number }>(
		`select count(*)::int as n from social_private.conversations c where c.buyer = $1 and c.last_seq > c.buyer_read and ${unreadBy('buyer')} > 0`,
		[buyer],
	);
	return rows[0]?.n ?? 0;
}

/** `except` leaves out what that account asked itself as a buyer. */
export async function countUnreadOfShops(db: Queryable, shops: readonly { shopId: string; tenure: string }[], except: Address | null): Promise<number> {
	if (shops.length === 0) return 0;
	const { rows } = await db.query<{ n: number }>(
		`select count(*)::int as n from social_private.conversations c join unnest($1::numeric[], $2::numeric[]) as s (shop_id, tenure) on s.shop_id = c.shop_id and s.tenure = c.tenure
		 where c.buyer is distinct from $3 and not c.shop_blocks and c.last_seq > c.shop_read and ${unreadBy('shop')} > 0`,
		[shops.map((shop) => shop.shopId), shops.map((shop) => shop.tenure), except],
	);
	return rows[0]?.n ?? 0;
}

/** What a new message changes beside itself; questions and answers are kept as facts for response times. */
export async function noteSpoken(
	db: Queryable,
	row: ConversationRow,
	spoken: { side: Side; author: Address; seq: number; hash: Hex; at: number; locale: Locale },
): Promise<void> {
	const { side, author, seq, hash, at, locale } = spoken;
	const answers = side === 'shop' && row.waiting_since !== null;
	if (answers) {
		await db.query(
			`insert into social_private.answers (conversation_id, asked_seq, shop_id, tenure, buyer, asked_at, answered_at) values ($1, $2, $3, $4, $5, $6, $7)`,
			[row.id, row.waiting_seq, row.shop_id, row.tenure, row.buyer, row.waiting_since, Math.max(at, row.waiting_since ?? at)],
		);
	}
	const asks = side === 'buyer' && row.waiting_since === null;
	await db.query(
		`update social_private.conversations set touched = nextval('social_private.touched'), last_seq = $2, last_hash = $3,
			waiting_since = case when $4 then $5::bigint when $6 then null else waiting_since end, waiting_seq = case when $4 then $2 when $6 then null else waiting_seq end,
			buyer_locale = coalesce($7, buyer_locale), assignee = coalesce(assignee, $8) where id = $1`,
		// Whoever answers first has taken it.
		[row.id, seq, hash, asks, at, side === 'shop', side === 'buyer' ? locale : null, side === 'shop' ? author : null],
	);
}

/** Never goes back, and not beyond what was said. Returns whether anything changed. */
export async function markRead(db: Queryable, id: string, side: Side, seq: number): Promise<boolean> {
	const { rowCount } = await db.query(
		`update social_private.conversations set ${side}_read = least($2::int, last_seq) where id = $1 and ${side}_read < least($2::int, last_seq)`,
		[id, seq],
	);
	return (rowCount ?? 0) > 0;
}

export async function setBlocked(db: Queryable, id: string, side: Side, blocked: boolean): Promise<void> {
	await db.query(`update social_private.conversations set ${side}_blocks = $2 where id = $1`, [id, blocked]);
}

export async function setAssignee(db: Queryable, id: string, account: Address | null): Promise<void> {
	await db.query('update social_private.conversations set assignee = $2 where id = $1', [id, account]);
}

/**
 * What a shop's present owner and staff did with questions of the last `seconds`: how long the median one waited. One that nobody
 * answered for a day counts with its age so far, unless the shop has answered that buyer before and has read what came last:
 * conversations end with thanks.
 */
export async function responseFacts(
	db: Queryable,
	of: { shopId: string; tenure: string; now: number; seconds: number; patience: number },
): Promise<{ questions: number; askers: number; median: number | null }> {
	const { rows } = await db.query<{ questions: number; askers: number; median: number | null }>(
		`with waits as (
			select buyer, answered_at - asked_at as seconds from social_private.answers where shop_id = $1 and tenure = $2 and answered_at > $3::bigint - $4::bigint
			union all
			select buyer, $3::bigint - waiting_since from social_private.conversations c
			where shop_id = $1 and tenure = $2 and not shop_blocks and waiting_since between $3::bigint - $4::bigint and $3::bigint - $5::bigint
				and (shop_read < waiting_seq or not exists (select 1 from social_private.answers a where a.conversation_id = c.id))
		)
		select count(*)::int as questions, count(distinct buyer)::int as askers, percentile_cont(0.5) within group (order by seconds)::float8 as median from waits`,
		[of.shopId, of.tenure, of.now, of.seconds, of.patience],
	);
	return rows[0] ?? { questions: 0, askers: 0, median: null };
}

export async function addPicture(db: Queryable, id: string, cid: string, by: Address): Promise<void> {
	await db.query('insert into social_private.pictures (conversation_id, cid, uploaded_by) values ($1, $2, $3) on conflict do nothing', [id, cid, by]);
}

export async function hasPicture(db: Queryable, id: string, cid: string): Promise<boolean> {
	return (await db.query('select 1 from social_private.pictures where conversation_id = $1 and cid = $2', [id, cid])).rows.length > 0;
}

/** Pictures that were uploaded more than a day ago and never sent can no longer be fetched. */
export async function forgetUnsentPictures(db: Queryable): Promise<void> {
	await db.query(
		`delete from social_private.pictures p where uploaded_at < now() - interval '1 day'
		 and not exists (select 1 from social_private.messages m where m.conversation_id = p.conversation_id and m.picture = p.cid)`,
	);
}
