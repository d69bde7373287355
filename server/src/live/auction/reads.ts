import type { AuctionBidView, AuctionReads, AuctionView, PurseView } from '@kaishi/protocol/live';
import { type Address, getAddress, type Hex } from 'viem';
import type { Queryable } from '../../platform/db/database.ts';
import { type ProofRow, toProof } from '../../platform/indexer/proof.ts';

export interface AuctionRow extends ProofRow {
	auction_id: string;
	offer_id: string;
	listing_id: string;
	shop_id: string;
	variant: number;
	version: number;
	currency: Address;
	is_sealed: boolean;
	start_price: string;
	increment: string;
	shipping_price: string;
	starts_at: number;
	first_end: number;
	ends_at: number;
	latest_end: number;
	extend_seconds: number;
	status: AuctionView['status'];
	price: string;
	leader: Address | null;
	bids: number;
	shown: number;
	order_id: Hex | null;
}

const MOST = 10;
const HISTORY = 20;

/** What the tables say of auctions and purses; public, as the events are. */
export function createAuctionReads({ db }: { db: Queryable }): AuctionReads {
	return {
		async auction(id) {
			const { rows } = await db.query<AuctionRow>('select * from auction.auctions where auction_id = $1', [id]);
			return (await withHistory(db, rows))[0] ?? null;
		},
		async auctionsOf(listingId) {
			const { rows } = await db.query<AuctionRow>(`select * from auction.auctions where listing_id = $1 order by auction_id desc limit ${MOST}`, [listingId]);
			return withHistory(db, rows);
		},
		pursesOf: (account) => readPurses(db, getAddress(account)),
	};
}

async function withHistory(db: Queryable, rows: readonly AuctionRow[]): Promise<AuctionView[]> {
	if (rows.length === 0) return [];
	const { rows: bids } = await db.query<{ auction_id: string; account: Address; price: string | null; at: number }>(
		`select auction_id, account, price, at from (
			select *, row_number() over (partition by auction_id order by block_number desc, log_index desc) as place from auction.bids where auction_id = any($1)
		) b where place <= ${HISTORY} order by block_number desc, log_index desc`,
		[rows.map((row) => row.auction_id)],
	);
	return rows.map((row) => {
		const own = bids.filter((bid) => bid.auction_id === row.auction_id);
		return toView(
			row,
			own.map(({ account, price, at }) => ({ account, price: price === null ? null : { currency: row.currency, amount: price }, at })),
		);
	});
}

function toView(row: AuctionRow, history: AuctionBidView[]): AuctionView {
	const money = (amount: string) => ({ currency: row.currency, amount });
	return {
		id: row.auction_id,
		offerId: row.offer_id,
		listingId: row.listing_id,
		shopId: row.shop_id,
		isSealed: row.is_sealed,
		startPrice: money(row.start_price),
		increment: money(row.increment),
		shippingPrice: money(row.shipping_price),
		startsAt: row.starts_at,
		firstEnd: row.first_end,
		endsAt: row.ends_at,
		latestEnd: row.latest_end,
		extendSeconds: row.extend_seconds,
		status: row.status,
		price: money(row.price),
		leader: row.leader,
		bids: row.bids,
		shown: row.shown,
		orderId: row.order_id,
		history,
		proof: toProof(row),
	};
}

interface PurseRow {
	key: Address;
	currency: Address;
	remaining: string;
	held: string;
	valid_until: number;
}

/** What leads is held, and so are deposits of sealed bids. */
async function readPurses(db: Queryable, account: Address): Promise<PurseView[]> {
	const { rows } = await db.query<PurseRow>(
		`select * from (
			select p.key, p.currency, p.remaining, p.valid_until, coalesce((
				select sum(a.held) from auction.auctions a where a.leader = p.account and a.leader_key = p.key and a.currency = p.currency and a.status = 'running'
			), 0) + coalesce((
				select sum(s.deposit) from auction.sealed s join auction.auctions a using (auction_id) where s.account = p.account and s.key = p.key and a.currency = p.currency
			), 0) as held
			from auction.purses p where p.account = $1
		) mine where remaining + held > 0 order by valid_until, key, currency limit 50`,
		[account],
	);
	return rows.map(({ key, currency, remaining, held, valid_until }) => ({
		key,
		left: { currency, amount: remaining },
		held: { currency, amount: held },
		validUntil: valid_until,
	}));
}
