import type { Notice, WinBody } from '@kaishi/protocol/live';
import { Refusal } from '@kaishi/protocol/platform/errors';
import type { Address } from 'viem';
import type { Queryable } from '../../platform/db/database.ts';
import { titlesOf } from '../../shop/public.ts';
import { findPot } from '../play/reads.ts';
import { requireShow } from './access.ts';
import { noticeNameOf } from './kept-names.ts';
import type { Telling } from './told.ts';

/** A win is told while people remember what for. */
const FRESH_SECONDS = 600;

/** What the room is told of somebody's win in the show, when the winner wants it told. Throws `Live_NotYourWin`, `Live_Muted`. @param now chain time, Unix seconds. */
export async function noticeOfWin(db: Queryable, showId: string, by: Address, body: WinBody, now: number): Promise<Telling> {
	const show = await requireShow(db, showId);
	const what = 'auctionId' in body ? await wonAtAuction(db, showId, by, body.auctionId, now) : await wonOfPot(db, showId, by, body.potId, now);
	if (what === null) throw new Refusal('Live_NotYourWin', 'forbidden');
	if (
		(await db.query('select 1 from live.silenced where show_id = $1 and account = $2 and (until is null or until > $3)', [showId, by, Date.now()])).rows
			.length > 0
	) {
		throw new Refusal('Live_Muted', 'forbidden');
	}
	const won = 'auctionId' in body ? `auction ${body.auctionId}` : `pot ${body.potId}`;
	return { about: `win ${showId} ${by} ${won}`, notice: { name: await noticeNameOf(db, show, by), ...what } };
}

type What =
	| { kind: 'won'; listingId: string; title: Extract<Notice, { kind: 'won' }>['title'] }
	| { kind: 'drawn'; play: Extract<Notice, { kind: 'drawn' }>['play'] };

async function wonAtAuction(db: Queryable, showId: string, by: Address, auctionId: string, now: number): Promise<What | null> {
	const { rows } = await db.query<{ listing_id: string }>(
		`select a.listing_id::text from auction.auctions a join live.bag b on b.listing_id = a.listing_id and b.show_id = $1
		 where a.auction_id = $2 and a.status = 'sold' and a.leader = $3 and a.latest_end > $4`,
		[showId, auctionId, by, now - FRESH_SECONDS],
	);
	const listingId = rows[0]?.listing_id;
	return listingId === undefined ? null : { kind: 'won', listingId, title: (await titlesOf(db, [listingId])).get(listingId) ?? {} };
}

async function wonOfPot(db: Queryable, showId: string, by: Address, potId: string, now: number): Promise<What | null> {
	const pot = await findPot(db, potId);
	if (pot === null || pot.show_id !== showId || pot.reveal_until < now - FRESH_SECONDS) return null;
	const { rows } = await db.query('select 1 from live.pot_entries where pot_id = $1 and account = $2 and won is not null', [potId, by]);
	return rows.length === 0 ? null : { kind: 'drawn', play: pot.kind };
}
