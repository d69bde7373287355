import { auctionsAbi } from '@kaishi/protocol/generated/auctions';
import { orderBookAbi } from '@kaishi/protocol/generated/order-book';
import {
	AUCTION_GRACE_SECONDS,
	auctionPhase,
	bidDigest,
	cancelAuctionCall,
	emptyPurseCall,
	isWithdrawable,
	openAuctionCalls,
	type PurseView,
	type RoomEvent,
	type RoomFrame,
	type ShowView,
} from '@kaishi/protocol/live';
import { detailsHashOf, type OfferTerms } from '@kaishi/protocol/order';
import { offerIdOf } from '@kaishi/protocol/shop';
import { type Address, type Hex, zeroAddress, zeroHash } from 'viem';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import {
	bid,
	depositInto,
	fillPurse,
	freshTabKey,
	openAuction,
	openShop,
	openTestMarket,
	ordinaryDelivery,
	ordinaryTerms,
	type PasskeyUser,
	type Purse,
	publishListing,
	randomSalt,
	sealBid,
	type TestMarket,
	type WalletUser,
} from '../../../../testkit/src/index.ts';
import { readContract } from '../../platform/chain/read-contract.ts';

const PURSE = 9_000_000n;
let market: TestMarket;
let seller: PasskeyUser;
let ann: PasskeyUser;
let bob: WalletUser;
let purses: { ann: Purse; bob: Purse };
let shopId: bigint;
let terms: OfferTerms;

beforeAll(async () => {
	market = await openTestMarket();
	[seller, ann, bob] = await Promise.all([market.passkeyUser(), market.passkeyUser(), market.walletUser()]);
	shopId = await openShop(seller, { slug: 'auction-house' });
	terms = await ordinaryTerms(seller, { unitPrice: 5_000_000n, shippingPrice: 200_000n });
	const wish = { currency: terms.currency, amount: PURSE, seconds: 20 * 86_400 };
	await depositInto(ann, terms.currency, PURSE, bob.address);
	purses = { ann: await fillPurse(ann, wish), bob: await fillPurse(bob, wish) };
});
afterAll(() => market?.close());

const auctions = () => market.deployment.contracts.auctions;
const publish = async (stock = 3) => offerIdOf(await publishListing(seller, { shopId, terms: [terms], stocks: [stock] }), 0);
const put = async (wish: Parameters<typeof openAuction>[2] = {}) => openAuction(seller, { offerId: await publish(), terms }, wish);
const read = async (id: string) => (await market.reads.auction.auction(id)) ?? expect.fail('no auction');
const leftOf = async (purse: Purse) => {
	const args = [purse.account, purse.key.address, purse.currency] as const;
	return (await readContract(market.chain, { address: auctions(), abi: auctionsAbi, functionName: 'purseOf', args }))[0];
};
const purseOf = async (purse: Purse): Promise<PurseView | undefined> =>
	(await market.reads.auction.pursesOf(purse.account)).find(({ key }) => key === purse.key.address);
async function inTables(account: Address): Promise<bigint> {
	return BigInt((await market.reads.order.balancesOf(account)).find((money) => money.currency === terms.currency)?.amount ?? 0);
}

/** What the tables say of everybody's money is what the vault holds; what the contract holds is in purses or held. */
afterEach(async () => {
	await market.processAll();
	const book = { address: market.deployment.contracts.orderBook, abi: orderBookAbi } as const;
	for (const account of [seller.address, ann.address, bob.address, auctions()])
		expect(await inTables(account)).toBe(await readContract(market.chain, { ...book, functionName: 'balanceOf', args: [account, terms.currency] }));
	for (const purse of Object.values(purses)) expect(BigInt((await purseOf(purse))?.left.amount ?? 0)).toBe(await leftOf(purse));
	const { rows } = await market.db.query<{ sum: string }>(
		`select (select coalesce(sum(remaining), 0) from auction.purses) + (select coalesce(sum(held), 0) from auction.auctions where status = 'running')
			+ (select coalesce(sum(deposit), 0) from auction.sealed) as sum`,
	);
	expect(BigInt(rows[0]?.sum ?? -1)).toBe(await inTables(auctions()));
});

describe('an auction', () => {
	test('default: bids are held, given back at once, extend the clock, and the winner’s order places itself', async () => {
		const salt = randomSalt();
		const { id, offerId } = await put();
		expect(await bid(purses.ann, id, 3_000_000n)).toMatchObject({ leader: ann.address, price: { amount: '1000000' }, bids: 1 });
		expect(await purseOf(purses.ann)).toMatchObject({ left: { amount: '5800000' }, held: { amount: '3200000' } });
		await market.advance(55);
		const detailsHash = detailsHashOf(ordinaryDelivery, salt);
		const view = await bid(purses.bob, id, 4_000_000n, { detailsHash }, purses.bob.key, { details: ordinaryDelivery, salt });
		expect(view).toMatchObject({ leader: bob.address, price: { amount: '3100000' } });
		expect(view.endsAt).toBeGreaterThan(view.firstEnd);
		expect(auctionPhase(view, market.now())).toBe('extended');
		expect(await purseOf(purses.ann)).toMatchObject({ left: { amount: '9000000' }, held: { amount: '0' } });
		await expect(bid(purses.ann, id, 3_100_000n)).rejects.toMatchObject({ code: 'Auctions_TooLow' });
		await expect(bid(purses.ann, id, 8_900_000n)).rejects.toMatchObject({ code: 'Auctions_NotCovered' });

		await market.advance(15);
		const sold = await read(id);
		expect(sold).toMatchObject({ status: 'sold', leader: bob.address, price: { amount: '3100000' }, orderId: expect.any(String) });
		const order = await market.reads.order.order(sold.orderId ?? '0x', bob.address);
		expect(order).toMatchObject({ buyer: bob.address, order: { offerId, detailsHash, terms: { unitPrice: '3100000' } } });
		expect((await market.reads.order.order(sold.orderId ?? '0x', seller.address))?.delivery).toEqual(ordinaryDelivery);
		expect(await purseOf(purses.bob)).toMatchObject({ left: { amount: (PURSE - 3_300_000n).toString() }, held: { amount: '0' } });
		const kinds = (await market.reads.order.ledgerOf(bob.address)).items.map(({ kind, amount }) => `${kind} ${amount}`);
		expect(kinds).toEqual(expect.arrayContaining(['payment -3300000', 'bidSpent 3300000', 'bidSetAside -9000000']));
	});

	test('default: sealed bids are shown after the end, and the winner pays the second price', async () => {
		const { id } = await put({ isSealed: true });
		const shows = [await sealBid(purses.ann, id, 2_000_000n, 3_000_000n), await sealBid(purses.bob, id, 4_000_000n, 5_000_000n)];
		expect(await read(id)).toMatchObject({ leader: null, bids: 2, shown: 0, history: [{ price: null }, { price: null }] });
		expect(await purseOf(purses.ann)).toMatchObject({ held: { amount: '3000000' } });
		await expect(shows[0]?.()).rejects.toMatchObject({ code: 'Auctions_TooEarly' });
		await market.advance(60);
		expect(auctionPhase(await read(id), market.now())).toBe('showing');
		for (const show of shows) await show();
		await market.advance(1);
		expect(await read(id)).toMatchObject({ status: 'sold', leader: bob.address, price: { amount: '2000000' } });
		expect(await purseOf(purses.ann)).toMatchObject({ left: { amount: PURSE.toString() } });
	});

	test('behavior: nobody bid, nobody showed a bid: unsold, and deposits come back by themselves', async () => {
		const [open, sealed] = [await put(), await put({ isSealed: true })];
		await sealBid(purses.ann, sealed.id, 2_000_000n, 3_000_000n);
		await market.advance(181);
		await market.advance(1);
		expect((await read(open.id)).status).toBe('unsold');
		expect((await read(sealed.id)).status).toBe('unsold');
		expect(await leftOf(purses.ann)).toBe(PURSE);
	});

	test('behavior: its seller takes it back while nobody has bid, and nobody else ever', async () => {
		const [{ id }, taken] = [await put(), await put()];
		await expect(bob.execute([cancelAuctionCall(market.deployment.contracts, id)])).rejects.toMatchObject({ code: 'Auctions_Unauthorized' });
		expect(isWithdrawable(await read(id), market.now())).toBe(true);
		await seller.execute([cancelAuctionCall(market.deployment.contracts, id)]);
		expect(await read(id)).toMatchObject({ status: 'withdrawn', bids: 0 });
		expect(auctionPhase(await read(id), market.now())).toBe('withdrawn');
		await expect(bid(purses.ann, id, 2_000_000n)).rejects.toMatchObject({ code: 'Auctions_NotRunning' });
		const { offerId, version, latestEnd } = await read(id).then((view) => ({ ...view, version: 1 }));
		const again = { offerId: BigInt(offerId), version, isSealed: false, startPrice: 1_000_000n, increment: 100_000n, affiliate: zeroAddress };
		const times = { startsAt: market.now(), endsAt: market.now() + 30, latestEnd: market.now() + 30, extendSeconds: 0 };
		// Kept longer than the new one asks for: what is kept cannot be shortened, and need not be.
		await seller.execute(openAuctionCalls(market.deployment.contracts, { ...again, ...times }, terms, latestEnd + AUCTION_GRACE_SECONDS));
		await bid(purses.ann, taken.id, 2_000_000n);
		expect(isWithdrawable(await read(taken.id), market.now())).toBe(false);
		await expect(seller.execute([cancelAuctionCall(market.deployment.contracts, taken.id)])).rejects.toMatchObject({ code: 'Auctions_HasBids' });
		await market.advance(61);
	});

	test('behavior: a room on air hears of each bid, and how it ends', async () => {
		const { id, listingId } = await put();
		await seller.signIn();
		const body = { shopId: shopId.toString(), title: { en: 'Tonight' }, scheduledAt: market.now() + 60, bag: [listingId] };
		const show = await seller.client.post<ShowView>('/api/live/shows', body);
		await seller.client.post(`/api/live/${show.id}/start`, {});
		const socket = new WebSocket(`${market.url.replace('http', 'ws')}/api/live/${show.id}/room`, { headers: { origin: market.url } });
		const heard: RoomEvent[] = [];
		socket.on('message', (data) => heard.push(...(JSON.parse(data.toString()) as RoomFrame).events));
		const auctionsHeard = () => heard.flatMap((event) => (event.kind === 'auction' ? [event.view] : []));
		await vi.waitFor(() => expect(heard).not.toEqual([]), { timeout: 8000 });
		await bid(purses.ann, id, 2_000_000n);
		await vi.waitFor(() => expect(auctionsHeard().at(-1)).toMatchObject({ id, leader: ann.address, bids: 1 }), { timeout: 8000 });
		await market.advance(61);
		await vi.waitFor(() => expect(auctionsHeard().at(-1)).toMatchObject({ id, status: 'sold', orderId: expect.any(String) }), { timeout: 8000 });
		await ann.signIn();
		await expect(seller.client.post(`/api/live/${show.id}/wins`, { auctionId: id })).rejects.toMatchObject({ code: 'Live_NotYourWin' });
		for (let i = 0; i < 2; i++) await ann.client.post(`/api/live/${show.id}/wins`, { auctionId: id });
		const notices = () => heard.flatMap((event) => (event.kind === 'notice' ? [event.notice] : []));
		await vi.waitFor(() => expect(notices()).toEqual([{ kind: 'won', name: expect.any(String), listingId, title: expect.any(Object) }]));
		socket.terminate();
	});

	test('error: another key, an own auction, a replay, a bid after the end, rubbish: nothing changes', async () => {
		const { id } = await put();
		const own = await fillPurse(seller, { currency: terms.currency, amount: 5_000_000n });
		await expect(bid(own, id, 2_000_000n)).rejects.toMatchObject({ code: 'Auctions_OwnAuction' });
		await expect(bid(purses.ann, id, 2_000_000n, {}, freshTabKey())).rejects.toMatchObject({ code: 'Auctions_InvalidSignature' });
		await expect(bid(purses.ann, '99999', 2_000_000n)).rejects.toMatchObject({ code: 'Auctions_NotRunning' });
		await expect(market.client().post(`/api/auctions/${id}/bids`, { account: ann.address })).rejects.toMatchObject({ code: 'Request_Invalid' });
		await expect(market.client().get('/api/auctions/0x1')).rejects.toMatchObject({ code: 'Request_Invalid' });
		await bid(purses.ann, id, 2_000_000n);
		await expect(bid(purses.ann, id, 2_000_000n)).rejects.toMatchObject({ code: 'Auctions_TooLow' });
		await market.advance(61);
		await expect(bid(purses.bob, id, 3_000_000n)).rejects.toMatchObject({ code: 'Auctions_NotRunning' });
		await seller.execute([emptyPurseCall(market.deployment.contracts, seller.address, own.key.address, own.currency)]);
		expect(await inTables(seller.address)).toBe(5_000_000n);
	});

	test('behavior: nobody uses up what another’s key may bid, neither with rubbish nor with what it has signed before', async () => {
		const { id } = await put();
		const [chainId, validBefore] = [market.chain.chainId, market.now() + 60];
		const amount = 2_000_000n;
		const message = {
			auctionId: BigInt(id),
			account: ann.address,
			key: purses.ann.key.address,
			amount,
			commitment: zeroHash,
			detailsHash: zeroHash,
			validBefore,
		};
		const { auctionId: _, ...body } = message;
		const signature = await purses.ann.key.sign({ hash: bidDigest(message, chainId, auctions()) });
		const bring = (signed: Hex) => market.client().post(`/api/auctions/${id}/bids`, { ...body, amount: amount.toString(), signature: signed });
		for (let i = 0; i < 25; i++) await expect(bring(`0x${'11'.repeat(64)}1b`)).rejects.toMatchObject({ code: 'Auctions_InvalidSignature' });
		await bring(signature);
		for (let i = 0; i < 25; i++) await expect(bring(signature)).rejects.toMatchObject({ code: 'Auctions_TooLow' });
		expect(await bid(purses.ann, id, 2_500_000n)).toMatchObject({ leader: ann.address });
		await expect(market.client().get(`/api/auctions/0${id}`)).rejects.toMatchObject({ code: 'Request_Invalid' });
		await market.advance(61);
	});

	test('behavior: where a bid goes is known before it stands; a refused bid leaves nothing and takes nothing away', async () => {
		const { id } = await put();
		const notes = async () => (await market.db.query<{ hash: Hex }>(`select hash from order_private.notes where order_id = $1`, [`auction:${id}`])).rows;
		const salt = randomSalt();
		const [delivery, detailsHash] = [{ details: ordinaryDelivery, salt }, detailsHashOf(ordinaryDelivery, salt)];
		const wish = (amount: bigint) => bid(purses.ann, id, amount, { detailsHash }, purses.ann.key, delivery);
		await expect(wish(8_900_000n)).rejects.toMatchObject({ code: 'Auctions_NotCovered' });
		expect(await notes()).toEqual([]);
		await wish(2_000_000n);
		await expect(wish(1_900_000n)).rejects.toMatchObject({ code: 'Auctions_TooLow' });
		expect(await notes()).toEqual([{ hash: detailsHash }]);
		await market.advance(61);
		await market.advance(1);
		expect(await notes()).toEqual([]);
		const { orderId } = await read(id);
		expect((await market.reads.order.order(orderId ?? '0x', seller.address))?.delivery).toEqual(ordinaryDelivery);
	});

	test('behavior: auctions that cannot be ended do not stand in front of others', async () => {
		const { id } = await put();
		await bid(purses.ann, id, 2_000_000n);
		// Nobody knows their terms.
		await market.db.query(
			`insert into auction.auctions select (jsonb_populate_record(a, jsonb_build_object('auction_id', 900000 + n, 'listing_id', 0, 'ends_at', 1, 'held', 0))).*
			from auction.auctions a, generate_series(1, 60) n where auction_id = $1`,
			[id],
		);
		await market.advance(61);
		await market.advance(1);
		await market.advance(1);
		await market.db.query('delete from auction.auctions where auction_id > 900000');
		expect(await read(id)).toMatchObject({ status: 'sold', leader: ann.address });
	});

	test('behavior: a purse that is over comes back by itself', async () => {
		const purse = await fillPurse(ann, { currency: terms.currency, amount: 1_000_000n, seconds: 60 });
		const before = await inTables(ann.address);
		await market.advance(61);
		await market.advance(1);
		expect(await inTables(ann.address)).toBe(before + 1_000_000n);
		expect(await purseOf(purse)).toBeUndefined();
		expect(AUCTION_GRACE_SECONDS).toBe(3600);
	});

	test('behavior: tables are a fold of the chain', async () => {
		const before = await market.fingerprints();
		await market.reindex();
		expect(await market.fingerprints()).toEqual(before);
	});
});
