import { type Address, encodeAbiParameters, keccak256, zeroAddress, zeroHash } from 'viem';
import type { PrivateKeyAccount } from 'viem/accounts';
import { type AuctionOpening, type Bid, bidDigest } from '../../protocol/src/live/index.ts';
import { AUCTION_HOUSE } from '../../protocol/src/shop/index.ts';
import { DAY, HOUR, type Market } from './market.ts';

/** Money of `account` that `key` bids with, for twenty days from `now`. */
export async function fillPurse(market: Market, now: number, account: Address, key: Address, amount: bigint) {
	const opening = encodeAbiParameters([{ type: 'address' }, { type: 'uint40' }], [key, now + 20 * DAY]);
	return market.chain.write(account, market.orderBook, 'transferAndCall', [market.token.address, market.auctions.address, amount, opening]);
}

/** Two minutes, then ten seconds more for each late bid, five minutes at most. Sealed: three minutes to show. */
export function auctionRules(now: number, offerId: bigint, change: Partial<AuctionOpening> = {}): AuctionOpening {
	const open = { increment: 1_000_000n, extendSeconds: 10 };
	const times = { startsAt: now, endsAt: now + 120, latestEnd: now + 300 };
	return { offerId, version: 1, isSealed: false, startPrice: 10_000_000n, ...open, ...times, affiliate: zeroAddress, ...change };
}

/** Pledges the offer for six hours and puts one piece up. */
export async function openAuction(market: Market, rules: AuctionOpening) {
	await market.chain.write(market.seller, market.catalog, 'pledge', [rules.offerId, AUCTION_HOUSE, rules.startsAt + 6 * HOUR]);
	return market.chain.write(market.seller, market.auctions, 'open', [rules, market.terms()]);
}

/** Signed by `key` for `account`. */
export async function signBid(market: Market, key: PrivateKeyAccount, bid: Pick<Bid, 'auctionId' | 'account' | 'amount' | 'validBefore'> & Partial<Bid>) {
	const message: Bid = { key: key.address, commitment: zeroHash, detailsHash: keccak256('0x01'), ...bid };
	return [message, await key.sign({ hash: bidDigest(message, market.domain.chainId, market.auctions.address) })] as const;
}
