import type { PersonView, ReportReason, ReportView, ShowDesk, ShowView } from '@kaishi/protocol/live';
import type { Address } from 'viem';
import type { Queryable } from '../../platform/db/database.ts';
import { hasAccepted, isTeam } from './access.ts';
import { type ShowRow, silencedIn } from './query.ts';
import { nameOf } from './speakers.ts';

const REPORTS = 200;

/** What whoever runs or moderates the show works with; `show` is the public part of it. */
export async function readDesk(db: Queryable, row: ShowRow, show: ShowView, viewer: Address): Promise<ShowDesk> {
	const people = (accounts: readonly Address[]) =>
		Promise.all(accounts.map(async (account): Promise<PersonView> => ({ account, name: await nameOf(db, account) })));
	const [silenced, reports, coHosts, moderators, auctioned, mayInvite] = await Promise.all([
		silencedIn(db, row.show_id),
		reportsOf(db, row.show_id),
		people(row.co_hosts),
		people(row.moderators),
		auctionedIn(db, row.show_id),
		isTeam(db, row, viewer),
	]);
	return {
		show,
		rules: row.rules,
		words: row.words,
		mayInvite,
		coHosts: coHosts.map((one) => ({ ...one, accepted: hasAccepted(row, one.account) })),
		moderators,
		auctioned,
		silenced: silenced.map(({ account, name, until, by_account }) => ({ account, name, until, by: by_account })),
		reports,
	};
}

async function auctionedIn(db: Queryable, showId: string): Promise<string[]> {
	const { rows } = await db.query<{ listing_id: string }>(
		`select listing_id from live.bag b where show_id = $1 and exists (select from auction.auctions a where a.listing_id = b.listing_id and a.status = 'running')
		 order by position`,
		[showId],
	);
	return rows.map(({ listing_id }) => listing_id);
}

async function reportsOf(db: Queryable, showId: string): Promise<ReportView[]> {
	const { rows } = await db.query<{ id: number; by_account: Address; seq: number | null; reason: ReportReason; note: string; at: number }>(
		`select id, by_account, seq, reason, note, at from live.reports where show_id = $1 order by id desc limit ${REPORTS}`,
		[showId],
	);
	return rows.map(({ id, by_account, ...rest }) => ({ id: String(id), by: by_account, ...rest }));
}
