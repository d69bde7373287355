import type { Relayed } from '@kaishi/protocol/account';
import type { MarketInfo } from '@kaishi/protocol/discovery';
import { type AuctionView, bidDigest, fillPurseCalls, sealOf } from '@kaishi/protocol/live';
import { type DeliveryDetails, detailsHashOf } from '@kaishi/protocol/order';
import { type Address, bytesToHex, type Hex, zeroHash } from 'viem';
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts';
import { fundsOf } from '#domain/tab/index.ts';
import { api, isNetworkLost } from '#platform/api/client.ts';
import { chainNow } from '#platform/chain-clock.svelte.ts';
import { putIn } from '#platform/wallet/put-in.ts';
import { askForTestMoney } from '#platform/wallet/session.ts';
import type { Signer } from '#platform/wallet/signer.ts';
import { type BidKey, forgetBid, holdBidKey, ownBid, rememberBid } from './bid-keys.ts';

const PURSE_SECONDS = 86_400;
/** A bid that takes longer on its way is not meant any more. */
const BID_SECONDS = 60;

const freshSalt = (): Hex => bytesToHex(crypto.getRandomValues(new Uint8Array(32)));

/** Sets money aside for this browser to bid with. The key is kept before anything is signed. Throws `Refusal`. */
export async function fillPurse(wish: { currency: Address; amount: bigint; key: BidKey | null }, signer: Signer, market: MarketInfo): Promise<Relayed> {
	const { currency, amount } = wish;
	const account = signer.address;
	const secret = wish.key?.secret ?? generatePrivateKey();
	const key = privateKeyToAccount(secret).address;
	const validUntil = chainNow() + PURSE_SECONDS;
	const { balance, held } = await fundsOf(account, currency);
	if (market.embedded && balance + held < amount) await askForTestMoney(account);
	holdBidKey({ account, key, secret, currency, validUntil });
	const puts = signer.kind === 'wallet' && balance < amount;
	if (puts) await putIn(signer, market, currency, amount - balance);
	return signer.call(fillPurseCalls(market.contracts, { account, key, currency, amount, validUntil, balance: puts ? amount : balance }));
}

interface BidWish {
	auction: AuctionView;
	key: BidKey;
	/** Open: the most. Sealed: what is hidden. */
	amount: bigint;
	/** Of a sealed bid: what is held for it, delivery included. */
	deposit: bigint;
	details: DeliveryDetails | null;
}

/** Signs with the purse's key and sends; nobody is asked. Throws `Refusal`. */
export async function sendBid({ auction, key, amount, deposit, details }: BidWish, market: MarketInfo): Promise<AuctionView> {
	const salt = auction.isSealed ? freshSalt() : null;
	const detailsSalt = freshSalt();
	const delivery = details ? { details, salt: detailsSalt } : null;
	const auctionId = BigInt(auction.id);
	const bid = {
		account: key.account,
		key: key.key,
		amount: salt ? deposit : amount,
		commitment: salt ? sealOf(auctionId, key.account, amount, salt) : zeroHash,
		detailsHash: details ? detailsHashOf(details, detailsSalt) : zeroHash,
		validBefore: chainNow() + BID_SECONDS,
	};
	const signature = await privateKeyToAccount(key.secret).sign({ hash: bidDigest({ auctionId, ...bid }, market.chainId, market.contracts.auctions) });
	const before = ownBid(auction.id, key.account);
	// What was sealed must not be lost with an answer.
	rememberBid({ auctionId: auction.id, account: key.account, amount: amount.toString(), salt });
	try {
		return await api.post<AuctionView>(`/api/auctions/${auction.id}/bids`, { ...bid, amount: bid.amount.toString(), signature, ...(delivery && { delivery }) });
	} catch (error) {
		if (!isNetworkLost(error)) forgetBid(auction.id, key.account, before);
		throw error;
	}
}
