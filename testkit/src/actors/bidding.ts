import {
	AUCTION_EXTENSION_SECONDS,
	type AuctionOpening,
	type AuctionView,
	type Bid,
	bidDigest,
	fillPurseCalls,
	openAuctionCalls,
	type PlaceBid,
	sealOf,
} from '@kaishi/protocol/live';
import type { OfferTerms } from '@kaishi/protocol/order';
import { type Address, type Hex, zeroAddress, zeroHash } from 'viem';
import type { PrivateKeyAccount } from 'viem/accounts';
import type { Actor } from './actor.ts';
import type { MarketClient } from './market-client.ts';
import { randomSalt } from './software-authenticator.ts';
import { freshTabKey } from './tab.ts';

/** Money set aside for bids, and the key that bids with it: what a browser holds. */
export interface Purse {
	readonly client: MarketClient;
	readonly account: Address;
	readonly key: PrivateKeyAccount;
	readonly currency: Address;
}

/** Sets money aside for a fresh key to bid with: one operation. Throws `Refusal`. */
export async function fillPurse(actor: Actor, wish: { currency: Address; amount: bigint; seconds?: number; balance?: bigint }): Promise<Purse> {
	const { contracts } = await actor.client.market();
	const purse = { client: actor.client, account: actor.address, key: freshTabKey(), currency: wish.currency };
	const validUntil = (await actor.client.now()) + (wish.seconds ?? 3600);
	const balance = wish.balance ?? (actor.kind === 'wallet' ? wish.amount : 0n);
	await actor.execute(fillPurseCalls(contracts, { ...purse, key: purse.key.address, amount: wish.amount, validUntil, balance }));
	return purse;
}

/** Puts one piece up: a minute long and three at most, unless wished otherwise. Throws `Refusal`. */
export async function openAuction(seller: Actor, offer: { offerId: bigint; terms: OfferTerms; version?: number }, wish: Partial<AuctionOpening> = {}) {
	const { contracts } = await seller.client.market();
	const now = await seller.client.now();
	const open = wish.isSealed ? { increment: 0n, extendSeconds: 0 } : { increment: 100_000n, extendSeconds: AUCTION_EXTENSION_SECONDS };
	const times = { startsAt: now, endsAt: now + 60, latestEnd: now + 180 };
	const opening = { offerId: offer.offerId, version: offer.version ?? 1, isSealed: false, startPrice: 1_000_000n, ...open, ...times, affiliate: zeroAddress };
	await seller.execute(openAuctionCalls(contracts, { ...opening, ...wish }, offer.terms));
	const [newest] = await seller.client.get<AuctionView[]>(`/api/auctions?listing=${offer.offerId >> 16n}`);
	if (newest === undefined) throw new Error('the auction that was opened is nowhere');
	return newest;
}

/** @param signer another key, for those who only know the purse's address. Throws `Refusal`. */
export async function bid(
	purse: Purse,
	auctionId: string,
	amount: bigint,
	change: Partial<Bid> = {},
	signer = purse.key,
	delivery?: PlaceBid['delivery'],
): Promise<AuctionView> {
	const { chainId, contracts } = await purse.client.market();
	const now = await purse.client.now();
	const common = { auctionId: BigInt(auctionId), account: purse.account, key: purse.key.address, commitment: zeroHash, detailsHash: zeroHash };
	const message: Bid = { ...common, amount, validBefore: now + 60, ...change };
	const signature = await signer.sign({ hash: bidDigest(message, chainId, contracts.auctions) });
	const { auctionId: _, ...body } = message;
	return purse.client.post<AuctionView>(`/api/auctions/${auctionId}/bids`, { ...body, amount: amount.toString(), signature, ...(delivery && { delivery }) });
}

/** Bids what nobody sees until it is shown; returns how to show it. */
export async function sealBid(purse: Purse, auctionId: string, price: bigint, deposit: bigint): Promise<() => Promise<AuctionView>> {
	const salt: Hex = randomSalt();
	await bid(purse, auctionId, deposit, { commitment: sealOf(BigInt(auctionId), purse.account, price, salt) });
	return () => purse.client.post<AuctionView>(`/api/auctions/${auctionId}/reveals`, { account: purse.account, amount: price.toString(), salt });
}
