import { auctionsAbi } from '@kaishi/protocol/generated/auctions';
import { AUCTION_GRACE_SECONDS, emptyPurseCall, finishAuctionCall } from '@kaishi/protocol/live';
import { termsFromWire } from '@kaishi/protocol/order';
import { Refusal } from '@kaishi/protocol/platform/errors';
import type { MarketContracts } from '@kaishi/protocol/platform/market-contracts';
import { type Address, encodeFunctionData, type Hex } from 'viem';
import { adoptWaiting, waitingPlaces } from '../../order/public.ts';
import type { Queryable } from '../../platform/db/database.ts';
import { publishedTerms } from '../../shop/public.ts';

export interface AuctionKeeperContext {
	db: Queryable;
	contracts: Pick<MarketContracts, 'auctions'>;
	/** A call that anyone may make of the auctions; the operator's relayer makes it. */
	pokeAuctions(data: Hex): Promise<unknown>;
	/** Chain time, Unix seconds. */
	now(): number;
	onError(error: unknown): void;
}

interface Over {
	auction_id: string;
	listing_id: string;
	variant: number;
	version: number;
	latest_end: number;
}

const MOST = 40;

/**
 * Places the orders of winners, gives back what cannot become an order, what was sealed and never shown, and what is left in purses that
 * are over. Idempotent: the contract does each of these once. Returns how many.
 */
export async function keepAuctions(context: AuctionKeeperContext): Promise<number> {
	const now = context.now();
	const done = (await endAuctions(context, now)) + (await reclaimDeposits(context, now)) + (await emptyPurses(context, now));
	await handOverDeliveries(context.db);
	return done;
}

/** Where the delivery details of an auction's bidders wait. */
export const deliveryPlace = (auctionId: string) => `auction:${auctionId}`;

/** The winner's go to the order; the others' are forgotten. */
async function handOverDeliveries(db: Queryable): Promise<void> {
	for (const place of await waitingPlaces(db, deliveryPlace(''), 1000)) {
		const { rows } = await db.query<{ order_id: string | null }>(`select order_id from auction.auctions where auction_id = $1 and status <> 'running'`, [
			place.slice(deliveryPlace('').length),
		]);
		const [over] = rows;
		if (over) await adoptWaiting(db, place, over.order_id);
	}
}

async function endAuctions(context: AuctionKeeperContext, now: number): Promise<number> {
	const { rows } = await context.db.query<Over>(
		`select auction_id, listing_id, variant, version, latest_end from auction.auctions
		where status = 'running' and ends_at <= $1 and (not is_sealed or latest_end <= $1 or shown = bids) order by ends_at, auction_id limit ${MOST}`,
		[now],
	);
	let ended = 0;
	for (const row of rows) {
		const terms = await publishedTerms(context.db, row.listing_id, row.version, row.variant);
		if (terms === null) continue;
		const done =
			(await attempt(context, finishAuctionCall(context.contracts, row.auction_id, termsFromWire(terms)).data)) ||
			(now >= row.latest_end + AUCTION_GRACE_SECONDS && (await attempt(context, giveUp(row.auction_id))));
		if (done) ended++;
	}
	return ended;
}

async function reclaimDeposits(context: AuctionKeeperContext, now: number): Promise<number> {
	const { rows } = await context.db.query<{ auction_id: string; account: Address }>(
		`select s.auction_id, s.account from auction.sealed s join auction.auctions a using (auction_id) where a.status <> 'running' or a.latest_end <= $1
		order by s.auction_id, s.account limit ${MOST}`,
		[now],
	);
	return count(rows, ({ auction_id, account }) => attempt(context, reclaim(auction_id, account)));
}

async function emptyPurses(context: AuctionKeeperContext, now: number): Promise<number> {
	const { rows } = await context.db.query<{ account: Address; key: Address; currency: Address }>(
		`select account, key, currency from auction.purses where remaining > 0 and valid_until < $1 order by valid_until, account, key, currency limit ${MOST}`,
		[now],
	);
	return count(rows, ({ account, key, currency }) => attempt(context, emptyPurseCall(context.contracts, account, key, currency).data));
}

async function count<T>(rows: readonly T[], one: (row: T) => Promise<boolean>): Promise<number> {
	let done = 0;
	for (const row of rows) if (await one(row)) done++;
	return done;
}

/** What the contract refuses somebody else has done meanwhile, or it comes again in the next round. */
async function attempt(context: AuctionKeeperContext, data: Hex): Promise<boolean> {
	try {
		await context.pokeAuctions(data);
		return true;
	} catch (error) {
		if (!(error instanceof Refusal)) context.onError(error);
		return false;
	}
}

const giveUp = (id: string) => encodeFunctionData({ abi: auctionsAbi, functionName: 'giveUp', args: [BigInt(id)] });
const reclaim = (id: string, account: Address) => encodeFunctionData({ abi: auctionsAbi, functionName: 'reclaim', args: [BigInt(id), account] });
