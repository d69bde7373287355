import type { Badge, ChatLine, RoomRules, ShowFilter, ShowStatus } from '@kaishi/protocol/live';
import type { LocalText } from '@kaishi/protocol/platform/local-text';
import type { Address } from 'viem';
import type { Queryable } from '../../platform/db/database.ts';
import { decodeCursor } from '../../platform/db/page.ts';
import type { Gap } from '../replay/gaps.ts';

export interface ShowRow {
	show_id: string;
	shop_id: string;
	host: Address;
	co_hosts: Address[];
	/** Of the co-hosts, those who have said yes. */
	accepted: Address[];
	title: LocalText;
	cover: string | null;
	status: ShowStatus;
	scheduled_at: number;
	started_at: number | null;
	ended_at: number | null;
	rules: RoomRules;
	words: string[];
	moderators: Address[];
	answer: number | null;
	replay_from: number | null;
	replay_ms: number | null;
	replay_gaps: Gap[];
	viewers: number;
	peak: number;
	likes: number;
	goods: number;
	reminders: number;
}

const SHOW = `s.*, coalesce(c.viewers, 0) as viewers, coalesce(c.peak, 0) as peak, coalesce(c.likes, 0)::int as likes,
	(select count(*)::int from live.bag b where b.show_id = s.show_id) as goods,
	(select count(*)::int from live.reminders r where r.show_id = s.show_id) as reminders`;
const FROM = 'live.shows s left join live.counters c on c.show_id = s.show_id';

export async function findShow(db: Queryable, showId: string): Promise<ShowRow | null> {
	const { rows } = await db.query<ShowRow>(`select ${SHOW} from ${FROM} where s.show_id = $1`, [showId]);
	return rows[0] ?? null;
}

/** Without counts. */
export async function showsOnAir(db: Queryable): Promise<Pick<ShowRow, 'show_id' | 'shop_id' | 'host' | 'status'>[]> {
	const { rows } = await db.query<Pick<ShowRow, 'show_id' | 'shop_id' | 'host' | 'status'>>(
		`select show_id, shop_id, host, status from live.shows s where ${ON_AIR}`,
	);
	return rows;
}

const ON_AIR = `s.status in ('live', 'paused', 'away')`;
const LISTS = {
	live: { where: ON_AIR, rank: 'coalesce(c.viewers, 0)::bigint', up: false },
	upcoming: { where: `s.status = 'scheduled' and s.scheduled_at > $5::bigint`, rank: 's.scheduled_at', up: true },
	ended: { where: `s.status = 'ended'`, rank: 's.ended_at', up: false },
} as const;

export type RankedShowRow = ShowRow & { rank: number };

/** One more than `limit`. A show that was never begun drops out of the upcoming ones an hour after its time. */
export async function listShows(db: Queryable, filter: ShowFilter, limit: number, now: number): Promise<RankedShowRow[]> {
	const { where, rank, up } = LISTS[filter.status];
	const [before = null, id = null] = decodeCursor(filter.cursor, ['bigint', 'hex16']) ?? [];
	const place = up ? '>' : '<';
	const { rows } = await db.query<RankedShowRow>(
		`select ${SHOW}, ${rank} as rank from ${FROM}
		 where ${where} and ($1::numeric is null or s.shop_id = $1) and (not $2 or s.replay_ms is not null)
			and ($7::numeric is null or exists (select 1 from live.bag b where b.show_id = s.show_id and b.listing_id = $7))
			and ($3::bigint is null or (${rank}, s.show_id) ${place} ($3, $4::text))
			and $5::bigint is not null
		 order by rank ${up ? 'asc' : 'desc'}, s.show_id ${up ? 'asc' : 'desc'} limit $6`,
		[filter.shopId ?? null, filter.replay ?? false, before, id, now - LATE_SECONDS, limit + 1, filter.listingId ?? null],
	);
	return rows;
}
const LATE_SECONDS = 3600;

/** Not over, and wanted by `account`; those on air first. */
export async function listReminded(db: Queryable, account: Address): Promise<ShowRow[]> {
	const { rows } = await db.query<ShowRow>(
		`select ${SHOW} from ${FROM} where s.status <> 'ended' and s.show_id in (select show_id from live.reminders where account = $1)
		 order by s.status = 'scheduled', s.scheduled_at, s.show_id limit 50`,
		[account],
	);
	return rows;
}

export type InvitationRow = ShowRow & { hosts: boolean; yes: boolean };

/** Shops are free to open: of what somebody has not accepted, one shop's shows fill no list. */
const ASKED_BY_SHOP = 3;

/**
 * Not over, and the shop named `account` for it; `hosts`: as a co-host, else as a moderator; `yes`: and accepted. What was accepted
 * first, then those on air; of the others the next of each shop.
 */
export async function listInvitations(db: Queryable, account: Address, now: number): Promise<InvitationRow[]> {
	const { rows } = await db.query<InvitationRow>(
		`with named as (
			select show_id, $1 = any(co_hosts) as hosts, $1 = any(accepted) as yes,
				row_number() over (partition by shop_id, $1 = any(accepted) order by status = 'scheduled', scheduled_at, show_id) as place
			from live.shows s
			where $1 = any(co_hosts || moderators) and (${ON_AIR} or (status = 'scheduled' and scheduled_at > $2::bigint))
		)
		select ${SHOW}, n.hosts, n.yes from named n join live.shows s using (show_id) left join live.counters c on c.show_id = s.show_id where n.yes or n.place <= ${ASKED_BY_SHOP}
		 order by not n.yes, s.status = 'scheduled', s.scheduled_at, s.show_id limit 50`,
		[account, now - LATE_SECONDS],
	);
	return rows;
}

/** Listing ids, in the host's order. */
export async function bagOf(db: Queryable, showId: string): Promise<string[]> {
	const { rows } = await db.query<{ listing_id: string }>('select listing_id from live.bag where show_id = $1 order by position', [showId]);
	return rows.map((row) => row.listing_id);
}

export interface PinRow {
	seq: number;
	listing_id: string;
	deal_offer_id: string | null;
	auction_id: string | null;
	since: number;
	until: number | null;
}

/** In order. */
export async function pinsOf(db: Queryable, showId: string): Promise<PinRow[]> {
	const { rows } = await db.query<PinRow>('select seq, listing_id, deal_offer_id, auction_id, since, until from live.pins where show_id = $1 order by seq', [
		showId,
	]);
	return rows;
}

interface LineRow {
	seq: number;
	account: Address;
	name: string;
	text: string;
	at: number;
	badge: Badge | null;
}
const LINE = 'seq, account, name, text, at, badge';
const toLine = ({ seq, account, name, text, at, badge }: LineRow): ChatLine => ({ seq, account, name, text, at, badge });

/** The latest before `before`, oldest first; nothing that was hidden. */
export async function linesOf(db: Queryable, showId: string, before: number | null, limit: number): Promise<ChatLine[]> {
	const { rows } = await db.query<LineRow>(
		`select ${LINE} from live.lines where show_id = $1 and not hidden and ($2::int is null or seq < $2) order by seq desc limit $3`,
		[showId, before, limit],
	);
	return rows.map(toLine).reverse();
}

/** Hidden ones, too. */
export async function findLine(db: Queryable, showId: string, seq: number): Promise<(ChatLine & { hidden: boolean }) | null> {
	const { rows } = await db.query<LineRow & { hidden: boolean }>(`select ${LINE}, hidden from live.lines where show_id = $1 and seq = $2`, [showId, seq]);
	const [row] = rows;
	return row ? { ...toLine(row), hidden: row.hidden } : null;
}

export interface SilencedRow {
	account: Address;
	name: string;
	until: number | null;
	by_account: Address;
}

/** Whoever was muted or banned, also where the time of it is over. */
export async function silencedIn(db: Queryable, showId: string): Promise<SilencedRow[]> {
	const { rows } = await db.query<SilencedRow>('select account, name, until, by_account from live.silenced where show_id = $1 order by name, account', [
		showId,
	]);
	return rows;
}

/** Of a shop: those that are not over, and how many of them have begun. */
export async function countShows(db: Queryable, shopId: string): Promise<{ open: number; onAir: number }> {
	const { rows } = await db.query<{ open: number; onAir: number }>(
		`select count(*)::int as open, (count(*) filter (where ${ON_AIR}))::int as "onAir" from live.shows s where shop_id = $1 and status <> 'ended'`,
		[shopId],
	);
	return rows[0] ?? { open: 0, onAir: 0 };
}

/** Shows on air that `account` presents, of all shops. */
export async function countPresented(db: Queryable, account: Address): Promise<number> {
	const { rows } = await db.query<{ n: number }>(`select count(*)::int as n from live.shows s where ${ON_AIR} and host = $1`, [account]);
	return rows[0]?.n ?? 0;
}

/** Shows that began before `time`, Unix seconds, and are not over. */
export async function listOnAirSince(db: Queryable, time: number): Promise<string[]> {
	const { rows } = await db.query<{ show_id: string }>(`select show_id from live.shows s where ${ON_AIR} and started_at < $1`, [time]);
	return rows.map(({ show_id }) => show_id);
}
