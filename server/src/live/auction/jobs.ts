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
const MOST_PLACES = 1000;

/** What could not be done rests this long, twice as long each time, so that it does not stand in front of others. Seconds of the chain. */
const REST = 4;
const MAX_REST = 600;

/** What failed, by name: until when it rests, and for how long. */
type Resting = Map<string, { until: number; seconds: number }>;

/**
 * Places the orders of winners, gives back what cannot become an order, what was sealed and never shown, and what is left in purses that
 * are over. Idempotent: the contract does each of these once. Each run returns how many.
 */
export function createAuctionKeeper(context: AuctionKeeperContext): () => Promise<number> {
	const resting: Resting = new Map();
	return async () => {
		const now = context.now();
		// What has not failed again for so long is done, or somebody else's.
		for (const [name, { until }] of resting) if (until + MAX_REST < now) resting.delete(name);
		const asleep = [...resting].flatMap(([name, { until }]) => (until > now ? [name] : []));
		const todo = [...(await dueAuctions(context, now, asleep)), ...(await dueDeposits(context, now, asleep)), ...(await duePurses(context, now, asleep))];
		let done = 0;
		for (const { name, calls } of todo) {
			if (await attemptOne(context, calls)) {
				resting.delete(name);
				done++;
			} else {
				const seconds = Math.min(MAX_REST, 2 * (resting.get(name)?.seconds ?? REST / 2));
				resting.set(name, { until: now + seconds, seconds });
			}
		}
		await handOverDeliveries(context.db);
		return done;
	};
}

/** The first of the calls that succeeds is enough. */
interface Task {
	name: string;
	calls: Hex[];
}

/** Where the delivery details of an auction's bidders wait. */
export const deliveryPlace = (auctionId: string) => `auction:${auctionId}`;

/** The winner's go to the order; the others' are forgotten. Those of auctions that run stay. */
async function handOverDeliveries(db: Queryable): Promise<void> {
	const prefix = deliveryPlace('');
	for (let places = await waitingPlaces(db, prefix, '', MOST_PLACES); places.length > 0; ) {
		const ids = places.map((place) => place.slice(prefix.length));
		const { rows } = await db.query<{ auction_id: string; order_id: string | null }>(
			`select auction_id, order_id from auction.auctions where auction_id = any($1) and status <> 'running'`,
			[ids],
		);
		for (const { auction_id, order_id } of rows) await adoptWaiting(db, deliveryPlace(auction_id), order_id);
		places = places.length < MOST_PLACES ? [] : await waitingPlaces(db, prefix, places.at(-1) ?? '', MOST_PLACES);
	}
}

async function dueAuctions({ db, contracts }: AuctionKeeperContext, now: number, asleep: readonly string[]): Promise<Task[]> {
	const { rows } = await db.query<Over>(
		`select auction_id, listing_id, variant, version, latest_end from auction.auctions
		where status = 'running' and ends_at <= $1 and (not is_sealed or latest_end <= $1 or shown = bids) and 'end ' || auction_id <> all($2)
		order by ends_at, auction_id limit ${MOST}`,
		[now, asleep],
	);
	return Promise.all(
		rows.map(async (row) => {
			const terms = await publishedTerms(db, row.listing_id, row.version, row.variant);
			const finish = terms === null ? [] : [finishAuctionCall(contracts, row.auction_id, termsFromWire(terms)).data];
			const late = now >= row.latest_end + AUCTION_GRACE_SECONDS ? [giveUp(row.auction_id)] : [];
			return { name: `end ${row.auction_id}`, calls: [...finish, ...late] };
		}),
	);
}

async function dueDeposits({ db }: AuctionKeeperContext, now: number, asleep: readonly string[]): Promise<Task[]> {
	const { rows } = await db.query<{ auction_id: string; account: Address; name: string }>(
		`select auction_id, account, name from auction.sealed s join auction.auctions a using (auction_id), concat('deposit ', auction_id, ' ', account) name
		where (a.status <> 'running' or a.latest_end <= $1) and name <> all($2) order by auction_id, account limit ${MOST}`,
		[now, asleep],
	);
	return rows.map(({ auction_id, account, name }) => ({ name, calls: [reclaim(auction_id, account)] }));
}

async function duePurses({ db, contracts }: AuctionKeeperContext, now: number, asleep: readonly string[]): Promise<Task[]> {
	const { rows } = await db.query<{ account: Address; key: Address; currency: Address; name: string }>(
		`select account, key, currency, name from auction.purses, concat('purse ', account, ' ', key, ' ', currency) name
		where remaining > 0 and valid_until < $1 and name <> all($2) order by valid_until, account, key, currency limit ${MOST}`,
		[now, asleep],
	);
	return rows.map(({ account, key, currency, name }) => ({ name, calls: [emptyPurseCall(contracts, account, key, currency).data] }));
}

/** What the contract refuses somebody else has done meanwhile, or it comes again later. */
async function attemptOne(context: AuctionKeeperContext, calls: readonly Hex[]): Promise<boolean> {
	for (const data of calls) {
		try {
			await context.pokeAuctions(data);
			return true;
		} catch (error) {
			if (!(error instanceof Refusal)) context.onError(error);
		}
	}
	return false;
}

const giveUp = (id: string) => encodeFunctionData({ abi: auctionsAbi, functionName: 'giveUp', args: [BigInt(id)] });
const reclaim = (id: string, account: Address) => encodeFunctionData({ abi: auctionsAbi, functionName: 'reclaim', args: [BigInt(id), account] });
