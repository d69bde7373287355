import * as v from 'valibot';
import { type Address, encodeAbiParameters, encodeFunctionData, type Hex, hashTypedData, keccak256, zeroHash } from 'viem';
import type { Call } from '../account/index.ts';
import { auctionsAbi } from '../generated/auctions.ts';
import { orderBookAbi } from '../generated/order-book.ts';
import { deliveryDetails, type OfferTerms, termsToAbi } from '../order/index.ts';
import { address, bytes32 } from '../platform/chain-values.ts';
import type { MarketContracts } from '../platform/market-contracts.ts';
import type { Money } from '../platform/money.ts';
import type { Proof } from '../platform/proof.ts';
import { AUCTION_HOUSE, pledgeCall } from '../shop/index.ts';
import { payInCalls } from '../tab/index.ts';

/** How long after its latest end an auction's piece stays kept for its winner. */
export const AUCTION_GRACE_SECONDS = 3600;
/** A bid later than this before the end sets the clock back to it. */
export const AUCTION_EXTENSION_SECONDS = 10;

export type AuctionEnd = 'sold' | 'unsold' | 'withdrawn';

/**
 * `upcoming`: the show has yet to begin, bids are good. `extended`: a late bid has moved the end. `showing`: the time is over and sealed
 * bids are shown. `ending`: the time is over, and anyone may place the winner's order. `withdrawn`: by the seller, before anybody bid.
 */
export type AuctionPhase = 'upcoming' | 'live' | 'extended' | 'showing' | 'ending' | AuctionEnd;

export interface AuctionView {
	id: string;
	offerId: string;
	listingId: string;
	shopId: string;
	isSealed: boolean;
	/** The least that is accepted. */
	startPrice: Money;
	/** What a bid must be above the price; nothing in sealed auctions. */
	increment: Money;
	/** Every bidder pays it on top. */
	shippingPrice: Money;
	/** Unix seconds. */
	startsAt: number;
	/** As it was when the auction was opened. */
	firstEnd: number;
	endsAt: number;
	latestEnd: number;
	extendSeconds: number;
	status: 'running' | AuctionEnd;
	/** What the leader pays for the piece; the start price while nobody bids. */
	price: Money;
	/** Null: nobody yet, or not known before sealed bids are shown. */
	leader: Address | null;
	/** Bids so far; sealed ones, too. */
	bids: number;
	/** Sealed bids that have been shown. */
	shown: number;
	/** Of the winner. */
	orderId: Hex | null;
	/** Latest first, at most twenty. */
	history: AuctionBidView[];
	proof: Proof;
}

export interface AuctionBidView {
	account: Address;
	/** What the piece cost after it. Null: sealed. */
	price: Money | null;
	/** Unix seconds. */
	at: number;
}

export interface PurseView {
	key: Address;
	/** Not held for a bid that leads. */
	left: Money;
	/** Held for bids that lead, and for sealed ones. */
	held: Money;
	/** Unix seconds. */
	validUntil: number;
}

export interface AuctionReads {
	auction(id: string): Promise<AuctionView | null>;
	/** Of a listing, newest first, at most ten. GET /api/auctions?listing= */
	auctionsOf(listingId: string): Promise<AuctionView[]>;
	/** Money set aside for bids that is not back yet. GET /api/accounts/<address>/purses */
	pursesOf(account: Address): Promise<PurseView[]>;
}

/** @param now Unix seconds, by the market's clock. */
export function auctionPhase(auction: AuctionView, now: number): AuctionPhase {
	if (auction.status !== 'running') return auction.status;
	if (now >= auction.endsAt) return auction.isSealed && now < auction.latestEnd && auction.shown < auction.bids ? 'showing' : 'ending';
	if (auction.endsAt > auction.firstEnd) return 'extended';
	return now < auction.startsAt ? 'upcoming' : 'live';
}

/** Whether its seller may still take it back: it is open for bids, and nobody has bid. @param now Unix seconds, by the market's clock. */
export const isWithdrawable = (auction: AuctionView, now: number): boolean => auction.status === 'running' && auction.bids === 0 && now < auction.endsAt;

/** The least that `account` may bid now. */
export function minimumBid(auction: AuctionView, account: Address | null, best: bigint = 0n): bigint {
	const price = BigInt(auction.price.amount);
	if (auction.leader === null || auction.isSealed) return BigInt(auction.startPrice.amount);
	if (account !== null && auction.leader === account) return (best > price ? best : price) + 1n;
	return price + BigInt(auction.increment.amount);
}

/** As a seller opens it: `AuctionRules` of the contract. Times are Unix seconds. */
export interface AuctionOpening {
	offerId: bigint;
	version: number;
	isSealed: boolean;
	startPrice: bigint;
	increment: bigint;
	startsAt: number;
	endsAt: number;
	latestEnd: number;
	extendSeconds: number;
	affiliate: Address;
}

/** Keeps the offer for its winner, unless it is kept for the auctions so long already, and puts one piece up, in one operation. @param keptUntil Unix seconds */
export function openAuctionCalls(contracts: Pick<MarketContracts, 'catalog' | 'auctions'>, opening: AuctionOpening, terms: OfferTerms, keptUntil = 0): Call[] {
	const open = { to: contracts.auctions, data: encodeFunctionData({ abi: auctionsAbi, functionName: 'open', args: [opening, termsToAbi(terms)] }) };
	const until = opening.latestEnd + AUCTION_GRACE_SECONDS;
	return keptUntil >= until ? [open] : [pledgeCall(contracts, opening.offerId, AUCTION_HOUSE, until), open];
}

/** Withdraws an auction that nobody has bid in; the offer stays kept for the auctions, and can be put up again, until its pledge is over. */
export function cancelAuctionCall({ auctions }: Pick<MarketContracts, 'auctions'>, auctionId: string): Call {
	return { to: auctions, data: encodeFunctionData({ abi: auctionsAbi, functionName: 'cancel', args: [BigInt(auctionId)] }) };
}

/** Anyone's call once the time is over. @param terms of the offer, in the version that is at auction */
export function finishAuctionCall({ auctions }: Pick<MarketContracts, 'auctions'>, auctionId: string, terms: OfferTerms): Call {
	return { to: auctions, data: encodeFunctionData({ abi: auctionsAbi, functionName: 'finish', args: [BigInt(auctionId), termsToAbi(terms)] }) };
}

export interface FillPurse {
	account: Address;
	/** Bids, and does nothing else. */
	key: Address;
	currency: Address;
	amount: bigint;
	/** Unix seconds. */
	validUntil: number;
	/** What the account has in the market; what is missing up to the amount is put in first. */
	balance: bigint;
}

/** Sets money of the account aside for a key to bid with, or adds to it. */
export function fillPurseCalls({ auctions, orderBook }: Pick<MarketContracts, 'auctions' | 'orderBook'>, purse: FillPurse): Call[] {
	const { account, currency, amount, balance, key, validUntil } = purse;
	const opening = encodeAbiParameters([{ type: 'address' }, { type: 'uint40' }], [key, validUntil]);
	const fill = { to: orderBook, data: encodeFunctionData({ abi: orderBookAbi, functionName: 'transferAndCall', args: [currency, auctions, amount, opening] }) };
	return [...payInCalls(orderBook, { account, currency, missing: amount > balance ? amount - balance : 0n }), fill];
}

/** What a purse has that is not held goes back to the account, at once. */
export function emptyPurseCall({ auctions }: Pick<MarketContracts, 'auctions'>, account: Address, key: Address, currency: Address): Call {
	return { to: auctions, data: encodeFunctionData({ abi: auctionsAbi, functionName: 'empty', args: [account, key, currency] }) };
}

export interface Bid {
	auctionId: bigint;
	account: Address;
	key: Address;
	/** Open: the most for the piece. Sealed: the deposit, delivery included. */
	amount: bigint;
	/** {@link sealOf} of a sealed bid; zero of an open one. */
	commitment: Hex;
	detailsHash: Hex;
	/** Unix seconds. */
	validBefore: number;
}

const bidTypes = {
	Bid: [
		{ name: 'auctionId', type: 'uint64' },
		{ name: 'account', type: 'address' },
		{ name: 'key', type: 'address' },
		{ name: 'amount', type: 'uint128' },
		{ name: 'commitment', type: 'bytes32' },
		{ name: 'detailsHash', type: 'bytes32' },
		{ name: 'validBefore', type: 'uint40' },
	],
} as const;

/** What a purse's key signs. */
export function bidDigest(message: Bid, chainId: number, auctions: Address): Hex {
	const domain = { name: 'Kaishi Auctions', version: '1', chainId, verifyingContract: auctions } as const;
	return hashTypedData({ domain, types: bidTypes, primaryType: 'Bid', message });
}

const sealTypes = [{ type: 'uint64' }, { type: 'address' }, { type: 'uint128' }, { type: 'bytes32' }] as const;

/** Hides a bid until it is shown. @param salt 256 random bits, which nobody else may know until then */
export function sealOf(auctionId: bigint, account: Address, price: bigint, salt: Hex): Hex {
	return keccak256(encodeAbiParameters(sealTypes, [auctionId, account, price, salt]));
}

const amount = v.pipe(
	v.string(),
	v.regex(/^\d{1,39}$/),
	v.transform((text) => BigInt(text)),
	v.check((n) => n < 1n << 128n, 'uint128'),
);

/** POST /api/auctions/<id>/bids → `AuctionView`, once the bid stands. The key's signature is all the permission there is. */
export const placeBid = v.strictObject({
	account: address,
	key: address,
	amount,
	commitment: v.optional(bytes32, zeroHash),
	detailsHash: bytes32,
	validBefore: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0xff_ffff_ffff)),
	signature: v.custom<Hex>((x) => typeof x === 'string' && /^0x[0-9a-f]{130}$/.test(x), 'signature'),
	/** Kept by the operator for the seller if the bid wins; `detailsHash` is theirs. */
	delivery: v.optional(v.strictObject({ details: deliveryDetails, salt: bytes32 })),
});
export type PlaceBid = v.InferInput<typeof placeBid>;

/** POST /api/auctions/<id>/reveals → `AuctionView`. Whoever knows what was sealed may show it. */
export const showBid = v.strictObject({ account: address, amount, salt: bytes32 });
