import type { Address, Hex } from 'viem';

/** A purse's key in this browser: it bids with what the account has set aside for it, see IAuctions.sol. */
export interface BidKey {
	account: Address;
	key: Address;
	/** secp256k1. Readable by any script of this origin: what was set aside is all that it can lose. */
	secret: Hex;
	currency: Address;
	validUntil: number;
}

/** What this browser has bid in an auction, and nobody else may know before its end. */
export interface OwnBid {
	auctionId: string;
	account: string;
	/** The most, in an open auction; what was sealed, in a sealed one. Decimal. */
	amount: string;
	/** Of a sealed bid. */
	salt: Hex | null;
}

const KEYS = 'kaishi.bid-keys';
const BIDS = 'kaishi.bids';
const MOST = 30;

function read<T>(store: string): T[] {
	try {
		const list: unknown = JSON.parse(localStorage.getItem(store) ?? '[]');
		return Array.isArray(list) ? (list as T[]) : [];
	} catch {
		return [];
	}
}

/** Storage may be full or forbidden: then bids are good for this visit. */
function write(store: string, list: readonly unknown[]) {
	try {
		localStorage.setItem(store, JSON.stringify(list.slice(0, MOST)));
	} catch {
		return;
	}
}

const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();

export const holdBidKey = (held: BidKey) => write(KEYS, [held, ...read<BidKey>(KEYS).filter(({ key }) => key !== held.key)]);

/** @param now Unix seconds */
export const bidKeys = (account: string, currency: string, now: number) =>
	read<BidKey>(KEYS).filter((held) => same(held.account, account) && same(held.currency, currency) && held.validUntil > now);

export function rememberBid(bid: OwnBid): void {
	write(BIDS, [bid, ...read<OwnBid>(BIDS).filter((old) => old.auctionId !== bid.auctionId || !same(old.account, bid.account))]);
}

/** The bid was refused: the one before it, if there was one, is the last. */
export function forgetBid(auctionId: string, account: string, before: OwnBid | null): void {
	const others = read<OwnBid>(BIDS).filter((bid) => bid.auctionId !== auctionId || !same(bid.account, account));
	write(BIDS, before ? [before, ...others] : others);
}

export const ownBid = (auctionId: string, account: string): OwnBid | null =>
	read<OwnBid>(BIDS).find((bid) => bid.auctionId === auctionId && same(bid.account, account)) ?? null;
