import { keccak256, type TransactionReceipt } from 'viem';
import type { PrivateKeyAccount } from 'viem/accounts';
import { sealOf } from '../../protocol/src/live/index.ts';
import { auctionRules, fillPurse, openAuction, signBid } from './auctions.ts';
import { DAY, HOUR, type Market } from './market.ts';

const RICH = 10n ** 15n;
const PURSE = 10n ** 9n;

const gas = async (receipt: Promise<TransactionReceipt>) => Number((await receipt).gasUsed);

interface Bidder {
	account: PrivateKeyAccount;
	key: PrivateKeyAccount;
}

interface House {
	market: Market;
	/** A round hour: what is signed says times, and its bytes cost gas. */
	now: number;
	first: Bidder;
	second: Bidder;
}

/** One auction of each kind with two bidders, from the opening to the order; another auction has run before. */
export async function auctions(market: Market): Promise<Record<string, number>> {
	const { chain, token } = market;
	const now = Math.ceil((await chain.now()) / DAY) * DAY + DAY;
	await chain.at(now);
	const house = { market, now, first: await bidder(market, now, 'first bidder'), second: await bidder(market, now, 'second bidder') };
	const { account, key } = house.first;
	const fill = () => gas(fillPurse(market, now, account.address, key.address, PURSE));
	const fillPurseAgain = await fill();
	const figures = { ...(await openOne(house)), ...(await sealedOne(house)) };
	const emptyPurse = await gas(chain.write(account.address, market.auctions, 'empty', [account.address, key.address, token.address]));
	return { fillPurse: await fill(), fillPurseAgain, ...figures, emptyPurse };
}

async function bidder(market: Market, now: number, name: string): Promise<Bidder> {
	const [account, key] = [await market.wallet(name), await market.wallet(`key of ${name}`)];
	await market.stake(account.address, RICH);
	await fillPurse(market, now, account.address, key.address, PURSE);
	return { account, key };
}

async function openOne({ market, now, first, second }: House) {
	const { chain } = market;
	const [early, later] = [now + HOUR, now + 3 * HOUR];
	const open = async (at: number) => {
		await chain.at(at - 60);
		return openAuction(market, auctionRules(at, await market.publish(market.terms(), 5)));
	};
	const bid = async ({ account, key }: Bidder, amount: bigint) => {
		const signed = await signBid(market, key, { auctionId: 2n, account: account.address, amount, validBefore: later + HOUR });
		return gas(chain.write(market.operator, market.auctions, 'bid', [...signed]));
	};
	const finish = async (auctionId: bigint, at: number) => {
		await chain.at(at + 300);
		return gas(chain.write(market.operator, market.auctions, 'finish', [auctionId, market.terms()]));
	};
	await open(early);
	const finishUnsold = await finish(1n, early);
	const opening = await gas(open(later));
	const firstBid = await bid(first, 50_000_000n);
	const outbid = await bid(second, 70_000_000n);
	const outbidAtOnce = await bid(first, 60_000_000n);
	const raise = await bid(second, 90_000_000n);
	return { open: opening, firstBid, outbid, outbidAtOnce, raise, finish: await finish(2n, later), finishUnsold };
}

async function sealedOne({ market, now, first, second }: House) {
	const { chain } = market;
	const [auctionId, at, salt] = [3n, now + 5 * HOUR, keccak256('0x02')];
	await chain.at(at - 60);
	const rules = auctionRules(at, await market.publish(market.terms(), 5), { isSealed: true, increment: 0n, extendSeconds: 0 });
	await openAuction(market, rules);
	const figures: Record<string, number> = {};
	for (const [i, { account, key }] of [first, second].entries()) {
		const commitment = sealOf(auctionId, account.address, priceOf(i), salt);
		const signed = await signBid(market, key, { auctionId, account: account.address, amount: 100_000_000n, commitment, validBefore: at + HOUR });
		figures[i === 0 ? 'firstSealedBid' : 'sealedBid'] = await gas(chain.write(market.operator, market.auctions, 'bid', [...signed]));
	}
	await chain.at(rules.endsAt);
	for (const [i, { account }] of [first, second].entries()) {
		const shown = chain.write(market.operator, market.auctions, 'reveal', [auctionId, account.address, priceOf(i), salt]);
		figures[i === 0 ? 'revealFirst' : 'revealHigher'] = await gas(shown);
	}
	figures.finishSealed = await gas(chain.write(market.operator, market.auctions, 'finish', [auctionId, market.terms()]));
	return figures;
}

const priceOf = (i: number) => 50_000_000n + BigInt(i) * 10_000_000n;
