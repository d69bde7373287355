import type { AuctionOpening } from '@kaishi/protocol/live';
import { listingOfOffer, shopOfListing, variantOfOffer } from '@kaishi/protocol/shop';
import { type Address, type Hex, isAddressEqual } from 'viem';
import { bookTransfers, type ExplainTransfer } from '../../order/public.ts';
import type { Queryable } from '../../platform/db/database.ts';
import type { ChainEvent, Projection } from '../../platform/indexer/projection.ts';
import { PROOF_COLUMNS, proofValues } from '../../platform/indexer/proof.ts';
import { publishedTerms } from '../../shop/public.ts';
import { auctionTables } from './tables.ts';

type Of<Args> = ChainEvent<{ auctionId: bigint } & Args>;
type Opened = Of<{ currency: Address; rules: AuctionOpening }>;
type Placed = Of<{ account: Address; key: Address; amount: bigint; leads: boolean; price: bigint; endsAt: number }>;
type Sealed = Of<{ account: Address; key: Address; deposit: bigint }>;
type Revealed = Of<{ account: Address; leads: boolean; price: bigint }>;
type Won = Of<{ account: Address; orderId: Hex; token: Address; price: bigint; total: bigint }>;
interface Purse {
	account: Address;
	key: Address;
	token: Address;
}

/**
 * Folds Auctions events into auctions, bids and purses. What moves between an account's balance and the contract's the vault tells
 * by itself; only what a winner's order takes is booked here.
 */
export function createAuctionProjection(): Projection {
	return {
		domain: 'auction',
		tables: auctionTables,
		handlers: {
			'Auctions.AuctionOpened': open,
			'Auctions.BidPlaced': placeBid,
			'Auctions.BidSealed': sealBid,
			'Auctions.BidRevealed': showBid,
			'Auctions.AuctionWon': win,
			'Auctions.AuctionUnsold': endUnsold,
			'Auctions.PurseOpened': openPurse,
			'Auctions.PurseChanged': changePurse,
			'Auctions.PurseEmptied': async () => undefined,
			'Auctions.DepositReturned': returnDeposit,
		},
		topics: async (db, event: ChainEvent<never>) => topicsOf(db, event),
	};
}

/** What a movement inside the vault was for, when money was set aside for bids or came back; else null. */
export function createAuctionWords(auctions: Address): ExplainTransfer {
	return async (_, { args: { from, to } }) => {
		if (isAddressEqual(to, auctions)) return { kind: 'bidSetAside', orderId: null };
		return isAddressEqual(from, auctions) ? { kind: 'bidGivenBack', orderId: null } : null;
	};
}

async function topicsOf(db: Queryable, event: ChainEvent<never>): Promise<string[]> {
	const { auctionId, account } = event.args as { auctionId?: bigint; account?: Address };
	const own = account === undefined ? [] : [`account:${account.toLowerCase()}`];
	if (auctionId === undefined) return own;
	const { rows } = await db.query<{ listing_id: string }>('select listing_id from auction.auctions where auction_id = $1', [auctionId.toString()]);
	return [...own, `auction:${auctionId}`, ...rows.map(({ listing_id }) => `listing:${listing_id}`)];
}

async function open(db: Queryable, event: Opened): Promise<void> {
	const { auctionId, currency, rules } = event.args;
	const listingId = listingOfOffer(rules.offerId);
	const variant = variantOfOffer(rules.offerId);
	const terms = await publishedTerms(db, listingId.toString(), rules.version, variant);
	if (terms === null) throw new Error(`auction ${auctionId} of offer ${rules.offerId}, which was never published`);
	await db.query(
		`insert into auction.auctions (auction_id, offer_id, listing_id, shop_id, variant, version, currency, is_sealed, start_price, increment, shipping_price,
			starts_at, first_end, ends_at, latest_end, extend_seconds, price, ${PROOF_COLUMNS})
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $13, $14, $15, $9, $16, $17, $18, $19, $20, $21, $22)`,
		[
			...[auctionId.toString(), rules.offerId.toString(), listingId.toString(), shopOfListing(listingId).toString(), variant, rules.version, currency],
			...[rules.isSealed, rules.startPrice.toString(), rules.increment.toString(), terms.shippingPrice],
			...[rules.startsAt, rules.endsAt, rules.latestEnd, rules.extendSeconds, ...proofValues(event)],
		],
	);
}

async function writeBid(db: Queryable, event: Of<{ account: Address }>, price: bigint | null): Promise<void> {
	const { auctionId, account } = event.args;
	await db.query(`insert into auction.bids (auction_id, account, price, ${PROOF_COLUMNS}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`, [
		auctionId.toString(),
		account,
		price?.toString() ?? null,
		...proofValues(event),
	]);
}

async function placeBid(db: Queryable, event: Placed): Promise<void> {
	const { auctionId, account, key, amount, leads, price, endsAt } = event.args;
	await writeBid(db, event, price);
	await db.query(
		`update auction.auctions set price = $2, ends_at = $3, bids = bids + 1,
			leader = case when $4 then $5 else leader end, leader_key = case when $4 then $6 else leader_key end,
			held = case when $4 then $7::numeric + shipping_price else held end
		where auction_id = $1`,
		[auctionId.toString(), price.toString(), endsAt, leads, account, key, amount.toString()],
	);
}

async function sealBid(db: Queryable, event: Sealed): Promise<void> {
	const { auctionId, account, key, deposit } = event.args;
	await writeBid(db, event, null);
	await db.query(
		`with put as (insert into auction.sealed (auction_id, account, key, deposit) values ($1, $2, $3, $4::numeric))
		update auction.auctions set bids = bids + 1 where auction_id = $1`,
		[auctionId.toString(), account, key, deposit.toString()],
	);
}

async function showBid(db: Queryable, event: Revealed): Promise<void> {
	const { auctionId, account, leads, price } = event.args;
	await db.query(
		`with one as (delete from auction.sealed where auction_id = $1 and account = $2 returning key, deposit)
		update auction.auctions set shown = shown + 1, price = $3, leader = case when $4 then $2 else leader end,
			leader_key = case when $4 then one.key else leader_key end, held = case when $4 then one.deposit else held end
		from one where auction_id = $1`,
		[auctionId.toString(), account, price.toString(), leads],
	);
}

async function returnDeposit(db: Queryable, { args }: Of<{ account: Address }>): Promise<void> {
	await db.query('delete from auction.sealed where auction_id = $1 and account = $2', [args.auctionId.toString(), args.account]);
}

/** The order was booked as paid by its buyer: here the buyer gets it back from what the contract holds. */
async function win(db: Queryable, event: Won): Promise<void> {
	const { auctionId, account, orderId, token: currency, total } = event.args;
	await db.query(`update auction.auctions set status = 'sold', order_id = $2, held = 0 where auction_id = $1`, [auctionId.toString(), orderId]);
	await bookTransfers(db, [{ event, transfer: { from: event.address, to: account, currency, amount: total, kind: 'bidSpent', orderId } }]);
}

/** Before its end an auction is over only when its seller withdraws it, which nobody may have bid in. */
async function endUnsold(db: Queryable, { args, timestamp }: Of<unknown>): Promise<void> {
	await db.query(
		`update auction.auctions set status = case when $2 < ends_at then 'withdrawn' else 'unsold' end, ends_at = least(ends_at, $2), held = 0
		where auction_id = $1`,
		[args.auctionId.toString(), timestamp],
	);
}

async function openPurse(db: Queryable, { args }: ChainEvent<Purse & { validUntil: number }>): Promise<void> {
	await db.query(
		`insert into auction.purses (account, key, currency, remaining, valid_until) values ($1, $2, $3, 0, $4)
		on conflict (account, key, currency) do update set valid_until = excluded.valid_until`,
		[args.account, args.key, args.token, args.validUntil],
	);
}

async function changePurse(db: Queryable, { args }: ChainEvent<Purse & { left: bigint }>): Promise<void> {
	await db.query('update auction.purses set remaining = $4 where account = $1 and key = $2 and currency = $3', [
		args.account,
		args.key,
		args.token,
		args.left.toString(),
	]);
}
