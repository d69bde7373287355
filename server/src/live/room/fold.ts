import type { Badge, LiveRecord, PutRules, RecordKind, RoomRules, SignedLine } from '@kaishi/protocol/live';
import type { LocalText } from '@kaishi/protocol/platform/local-text';
import type { Address, Hex } from 'viem';
import type { Queryable } from '../../platform/db/database.ts';
import type { Gap } from '../replay/gaps.ts';

type Empty = Record<string, never>;

/** What each kind of record says. */
export interface BodyOf extends Record<RecordKind, unknown> {
	opened: { shopId: string; title: LocalText; cover: string | null; scheduledAt: number; coHosts: Address[]; bag: string[] };
	accepted: Empty;
	/** Whoever presents now, where the guest did. */
	declined: { host?: Address };
	changed: { title?: LocalText; cover?: string | null; scheduledAt?: number; coHosts?: Address[]; host?: Address };
	/** Chain time, Unix seconds. */
	started: { chainTime: number };
	paused: Empty;
	resumed: Empty;
	away: Empty;
	back: Empty;
	ended: { chainTime: number; reason: 'host' | 'away' | 'moderator' };
	bag: { listingIds: string[] };
	pin: { listingId: string | null; dealOfferId: string | null; auctionId: string | null };
	rules: PutRules;
	moderators: { accounts: Address[] };
	line: SignedLine & { name: string; badge: Badge | null };
	hide: { seq: number };
	mute: { account: Address; name: string; until: number };
	unmute: { account: Address };
	ban: { account: Address; name: string };
	unban: { account: Address };
	answer: { seq: number | null };
	sale: { orderId: Hex; listingId: string; announce: boolean };
	replay: { fromMs: number; durationMs: number; gaps: Gap[] } | { gone: true };
}

const firstRules: RoomRules = { slowSeconds: 0, buyersOnly: false, paused: false };

type Fold<K extends RecordKind> = (tx: Queryable, record: Omit<LiveRecord, 'body'>, body: BodyOf[K]) => Promise<void>;

/** Deterministic: no clock, no other tables. */
export async function foldRecord(tx: Queryable, record: LiveRecord): Promise<void> {
	const fold = folds[record.kind] as Fold<RecordKind>;
	await fold(tx, record, record.body as BodyOf[RecordKind]);
}

const setStatus = (tx: Queryable, showId: string, status: string) => tx.query('update live.shows set status = $2 where show_id = $1', [showId, status]);

const folds: { [K in RecordKind]: Fold<K> } = {
	async opened(tx, { show, by }, { shopId, title, cover, scheduledAt, coHosts, bag }) {
		await tx.query(
			`insert into live.shows (show_id, shop_id, host, co_hosts, title, cover, status, scheduled_at, rules, words, moderators)
			 values ($1, $2, $3, $4, $5, $6, 'scheduled', $7, $8, '{}', '{}')`,
			[show, shopId, by, coHosts, JSON.stringify(title), cover, scheduledAt, JSON.stringify(firstRules)],
		);
		await putBag(tx, show, bag);
	},
	async changed(tx, { show }, { title, cover, scheduledAt, coHosts, host }) {
		await tx.query(
			`update live.shows set title = coalesce($2, title), cover = case when $3 then $4 else cover end, scheduled_at = coalesce($5, scheduled_at),
				co_hosts = coalesce($6, co_hosts), host = coalesce($7, host),
				-- Whoever is named again is asked again.
				accepted = array(select one from unnest(accepted) one where one = any(coalesce($6, co_hosts))) where show_id = $1`,
			[show, title ? JSON.stringify(title) : null, cover !== undefined, cover ?? null, scheduledAt ?? null, coHosts ?? null, host ?? null],
		);
	},
	async accepted(tx, { show, by }) {
		await tx.query('update live.shows set accepted = array_append(accepted, $2) where show_id = $1', [show, by]);
	},
	async declined(tx, { show, by }, { host }) {
		await tx.query(
			'update live.shows set co_hosts = array_remove(co_hosts, $2), accepted = array_remove(accepted, $2), host = coalesce($3, host) where show_id = $1',
			[show, by, host ?? null],
		);
	},
	async started(tx, { show }, { chainTime }) {
		await tx.query(`update live.shows set status = 'live', started_at = $2 where show_id = $1`, [show, chainTime]);
	},
	async paused(tx, { show }) {
		await setStatus(tx, show, 'paused');
	},
	async resumed(tx, { show }) {
		await setStatus(tx, show, 'live');
	},
	async away(tx, { show }) {
		await setStatus(tx, show, 'away');
	},
	async back(tx, { show }) {
		await setStatus(tx, show, 'live');
	},
	async ended(tx, { show, at }, { chainTime }) {
		await tx.query(`update live.shows set status = 'ended', ended_at = $2 where show_id = $1`, [show, chainTime]);
		await tx.query('update live.pins set until = $2 where show_id = $1 and until is null', [show, at]);
	},
	async bag(tx, { show }, { listingIds }) {
		await putBag(tx, show, listingIds);
	},
	async pin(tx, { show, seq, at }, { listingId, dealOfferId, auctionId }) {
		await tx.query('update live.pins set until = $2 where show_id = $1 and until is null', [show, at]);
		if (listingId === null) return;
		await tx.query('insert into live.pins (show_id, seq, listing_id, deal_offer_id, auction_id, since) values ($1, $2, $3, $4, $5, $6)', [
			show,
			seq,
			listingId,
			dealOfferId,
			auctionId,
			at,
		]);
	},
	async rules(tx, { show }, { words, ...rules }) {
		await tx.query('update live.shows set rules = $2, words = $3 where show_id = $1', [show, JSON.stringify(rules), words]);
	},
	async moderators(tx, { show }, { accounts }) {
		await tx.query('update live.shows set moderators = $2 where show_id = $1', [show, accounts]);
	},
	async line(tx, { show, seq, by, at }, { line, name, badge }) {
		await tx.query('insert into live.lines (show_id, seq, account, name, text, at, badge, nonce, hidden) values ($1, $2, $3, $4, $5, $6, $7, $8, false)', [
			show,
			seq,
			by,
			name,
			line.text,
			at,
			badge,
			line.nonce,
		]);
	},
	async hide(tx, { show }, { seq }) {
		await tx.query('update live.lines set hidden = true where show_id = $1 and seq = $2', [show, seq]);
	},
	async mute(tx, { show, by }, { account, name, until }) {
		await silence(tx, show, { account, name, until, by });
	},
	async unmute(tx, { show }, { account }) {
		await tx.query('delete from live.silenced where show_id = $1 and account = $2 and until is not null', [show, account]);
	},
	async ban(tx, { show, by }, { account, name }) {
		await silence(tx, show, { account, name, until: null, by });
		await tx.query('update live.lines set hidden = true where show_id = $1 and account = $2', [show, account]);
	},
	async unban(tx, { show }, { account }) {
		await tx.query('delete from live.silenced where show_id = $1 and account = $2 and until is null', [show, account]);
	},
	async answer(tx, { show }, { seq }) {
		await tx.query('update live.shows set answer = $2 where show_id = $1', [show, seq]);
	},
	async sale(tx, { show, by, at }, { orderId, listingId, announce }) {
		await tx.query(
			'insert into live.sales (order_id, show_id, account, listing_id, announced, at) values ($1, $2, $3, $4, $5, $6) on conflict (order_id) do nothing',
			[orderId, show, by, listingId, announce, at],
		);
	},
	async replay(tx, { show }, body) {
		const [from, duration, gaps] = 'gone' in body ? [null, null, []] : [body.fromMs, body.durationMs, body.gaps];
		const found = JSON.stringify(gaps);
		await tx.query('update live.shows set replay_from = $2, replay_ms = $3, replay_gaps = $4 where show_id = $1', [show, from, duration, found]);
	},
};

async function putBag(tx: Queryable, show: string, listingIds: readonly string[]): Promise<void> {
	await tx.query('delete from live.bag where show_id = $1', [show]);
	await tx.query('insert into live.bag (show_id, listing_id, position) select $1, id, place from unnest($2::numeric[]) with ordinality as b (id, place)', [
		show,
		listingIds,
	]);
}

async function silence(tx: Queryable, show: string, of: { account: Address; name: string; until: number | null; by: Address | null }): Promise<void> {
	await tx.query(
		`insert into live.silenced (show_id, account, name, until, by_account) values ($1, $2, $3, $4, $5)
		 on conflict (show_id, account) do update set until = excluded.until, by_account = excluded.by_account, name = excluded.name
		 where live.silenced.until is not null`,
		[show, of.account, of.name, of.until, of.by],
	);
}
