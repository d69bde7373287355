import { type Address, encodeAbiParameters, type Hex, keccak256, zeroAddress, zeroHash } from 'viem';
import type { PrivateKeyAccount } from 'viem/accounts';
import { DAY, HOUR, type Market } from './market.ts';

/** As {ICatalog} has it: whose pledges are the auctions'. */
export const AUCTION_HOUSE = 2 ** 24 - 1;

export interface AuctionRules {
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

export interface Bid {
	auctionId: bigint;
	account: Address;
	key: Address;
	amount: bigint;
	commitment: Hex;
	detailsHash: Hex;
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

/** Money of `account` that `key` bids with, for twenty days from `now`. */
export async function fillPurse(market: Market, now: number, account: Address, key: Address, amount: bigint) {
	const opening = encodeAbiParameters([{ type: 'address' }, { type: 'uint40' }], [key, now + 20 * DAY]);
	return market.chain.write(account, market.orderBook, 'transferAndCall', [market.token.address, market.auctions.address, amount, opening]);
}

/** Two minutes, then ten seconds more for each late bid, five minutes at most. Sealed: three minutes to show. */
export function auctionRules(now: number, offerId: bigint, change: Partial<AuctionRules> = {}): AuctionRules {
	const open = { increment: 1_000_000n, extendSeconds: 10 };
	const times = { startsAt: now, endsAt: now + 120, latestEnd: now + 300 };
	return { offerId, version: 1, isSealed: false, startPrice: 10_000_000n, ...open, ...times, affiliate: zeroAddress, ...change };
}

/** Pledges the offer for six hours and puts one piece up. */
export async function openAuction(market: Market, rules: AuctionRules) {
	await market.chain.write(market.seller, market.catalog, 'pledge', [rules.offerId, AUCTION_HOUSE, rules.startsAt + 6 * HOUR]);
	return market.chain.write(market.seller, market.auctions, 'open', [rules, market.terms()]);
}

/** Signed by `key` for `account`. */
export async function signBid(market: Market, key: PrivateKeyAccount, bid: Pick<Bid, 'auctionId' | 'account' | 'amount' | 'validBefore'> & Partial<Bid>) {
	const message: Bid = { key: key.address, commitment: zeroHash, detailsHash: keccak256('0x01'), ...bid };
	const domain = { name: 'Kaishi Auctions', version: '1', chainId: 31337, verifyingContract: market.auctions.address } as const;
	return [message, await key.signTypedData({ domain, types: bidTypes, primaryType: 'Bid', message })] as const;
}
