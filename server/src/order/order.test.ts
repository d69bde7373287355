import { orderBookAbi } from '@kaishi/protocol/generated/order-book';
import { type OfferTerms, type Order, type OrderView, orderFromWire, orderIdOf, orderStates, type PlacedOrders } from '@kaishi/protocol/order';
import { offerIdOf, shopAccountOf } from '@kaishi/protocol/shop';
import { type Address, encodeFunctionData, getAddress, type Hex, zeroAddress } from 'viem';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
	buy,
	cancel,
	confirm,
	dispute,
	openShop,
	openTestMarket,
	ordinaryTerms,
	type PasskeyUser,
	publishListing,
	refund,
	reply,
	review,
	rule,
	ship,
	type TestMarket,
	type WalletUser,
	withdrawShop,
} from '../../../testkit/src/index.ts';
import { readContract } from '../platform/chain/read-contract.ts';

let market: TestMarket;
let seller: PasskeyUser;
let buyer: WalletUser;
let friend: WalletUser;
let maker: WalletUser;
let shopId: bigint;
let terms: OfferTerms;
let offerId: bigint;

beforeAll(async () => {
	market = await openTestMarket();
	[seller, buyer, friend, maker] = [await market.passkeyUser(), await market.walletUser(), await market.walletUser(), await market.walletUser()];
	shopId = await openShop(seller, { slug: 'order-shop' });
	terms = await ordinaryTerms(seller, { unitPrice: 1_000_003n, shippingPrice: 500n, affiliateBps: 700, splits: [{ recipient: maker.address, bps: 1234 }] });
	offerId = offerIdOf(await publishListing(seller, { shopId, terms: [terms], stocks: [1000] }), 0);
});
afterAll(() => market?.close());

const place = async (change: Partial<Order> = {}) => buy(buyer, { offerId, terms }, change);
const view = async (id: Hex, viewer: Address | null = null) => (await market.reads.order.order(id, viewer)) as OrderView;

/** Every balance in the tables is the contract's, and every balance is the sum of its ledger. */
async function expectSameMoney(): Promise<void> {
	const { orderBook } = market.deployment.contracts;
	const { rows } = await market.db.query<{ account: Address; currency: Address; amount: string; sum: string }>(
		`select b.account, b.currency, b.amount, (select sum(l.amount) from "order".ledger l where l.account = b.account and l.currency = b.currency) as sum from "order".balances b`,
	);
	expect(rows.length).toBeGreaterThan(0);
	for (const { account, currency, amount, sum } of rows) {
		const onChain = await readContract(market.chain, { address: orderBook, abi: orderBookAbi, functionName: 'balanceOf', args: [account, currency] });
		expect(`${account} ${amount} ${sum}`).toBe(`${account} ${onChain} ${onChain}`);
	}
	const owed = await readContract(market.chain, { address: orderBook, abi: orderBookAbi, functionName: 'owed', args: [terms.currency] });
	const totals = await market.reads.discovery.totals();
	const escrow = BigInt(totals.inEscrow.find((one) => one.currency === terms.currency)?.amount ?? 0);
	const balances = rows.filter((row) => row.currency === terms.currency).reduce((total, row) => total + BigInt(row.amount), 0n);
	expect(escrow + balances).toBe(owed);
}

async function expectSameState(id: Hex): Promise<void> {
	const [state, deadline] = await readContract(market.chain, {
		address: market.deployment.contracts.orderBook,
		abi: orderBookAbi,
		functionName: 'stateOf',
		args: [id],
	});
	expect(await view(id)).toMatchObject({ state: orderStates[state], deadline });
}

describe('an order', () => {
	test('behavior: whoever waits for it is told "not yet" without an error', async () => {
		const { orderId } = await place();
		const never = `0x${'e'.repeat(64)}` as const;
		const ask = (ids: string) => buyer.client.get<PlacedOrders>(`/api/orders/placed?ids=${ids}`);
		expect(await ask(`${never},${orderId.toUpperCase().replace('0X', '0x')}`)).toEqual({ placed: [orderId] });
		expect(await ask(never)).toEqual({ placed: [] });
		await expect(ask('0x12')).rejects.toMatchObject({ code: 'Request_Invalid' });
		await expect(ask(Array(21).fill(never).join(','))).rejects.toMatchObject({ code: 'Request_Invalid' });
	});

	test('default: comes back whole, with the same id', async () => {
		const { order, orderId } = await place({ affiliate: friend.address });
		const seen = await view(orderId, buyer.address);
		expect(orderFromWire(seen.order)).toEqual(order);
		expect(orderIdOf(orderFromWire(seen.order), market.chain.chainId, market.deployment.contracts.orderBook)).toBe(orderId);
		expect(seen).toMatchObject({
			state: 'placed',
			role: 'buyer',
			quantity: 1,
			total: { amount: '1000503' },
			deadlineDefault: 'refund',
			shop: { slug: 'order-shop' },
		});
		expect(seen.nextActions.map((next) => next.action)).toEqual(['confirm', 'cancel', 'settle']);
		expect((await view(orderId, seller.address)).nextActions.map((next) => next.action)).toEqual(['ship', 'refund', 'settle']);
		expect(await view(orderId)).toMatchObject({ role: null, nextActions: [], delivery: null, tracking: null, disputeReason: null, hasDownload: false });
		await expectSameState(orderId);
		await expectSameMoney();
	});

	test('default: completed, every share is told by its kind', async () => {
		const { order, orderId } = await place({ affiliate: friend.address });
		const promised = (await view(orderId)).payouts;
		await ship(seller, order);
		await expectSameState(orderId);
		await confirm(buyer, order);
		await expectSameState(orderId);
		const { payouts, events } = await view(orderId);
		expect(payouts).toEqual(
			[
				{ kind: 'seller', account: getAddress(shopAccountOf(shopId)), amount: '807100' },
				{ kind: 'split', account: maker.address, amount: '123400' },
				{ kind: 'affiliate', account: friend.address, amount: '70000' },
			].map((one, i) => ({ ...one, amount: promised[i]?.amount })),
		);
		expect(payouts.reduce((sum, one) => sum + BigInt(one.amount), 0n)).toBe(1_000_503n);
		expect(events.map((event) => event.kind)).toEqual(['placed', 'shipped', 'completed']);
		const ledger = await market.reads.order.ledgerOf(friend.address);
		expect(ledger.items[0]).toMatchObject({ kind: 'share', orderId, amount: '70000', proof: { event: 'SharePaid' } });
		await expectSameMoney();
	});

	test('behavior: cancelled, refunded, disputed and ruled', async () => {
		const cancelled = await place();
		await cancel(buyer, cancelled.order);
		expect((await view(cancelled.orderId)).events.at(-1)).toMatchObject({ kind: 'refunded', cause: 1 });
		const refunded = await place();
		await refund(seller, refunded.order);
		expect((await view(refunded.orderId)).events.at(-1)).toMatchObject({ kind: 'refunded', cause: 2 });
		const disputed = await place({ affiliate: friend.address });
		await ship(seller, disputed.order);
		await dispute(buyer, disputed.order);
		const arbitrator = market.arbitrator();
		expect((await market.reads.order.disputesOf(arbitrator.address)).map((one) => one.id)).toContain(disputed.orderId);
		expect((await view(disputed.orderId, arbitrator.address)).nextActions.map((next) => next.action)).toEqual(['rule']);
		await rule(arbitrator, disputed.order, 3333);
		const ruled = await view(disputed.orderId);
		expect(ruled.payouts.map((one) => one.kind)).toEqual(['seller', 'split', 'affiliate', 'buyer']);
		expect(ruled.payouts.reduce((sum, one) => sum + BigInt(one.amount), 0n)).toBe(1_000_503n);
		for (const one of [cancelled, refunded, disputed]) await expectSameState(one.orderId);
		await expectSameMoney();
	});

	test('behavior: native coin goes through the same books, and what was deposited before stays', async () => {
		const native = await ordinaryTerms(seller, { currency: zeroAddress, unitPrice: 10n ** 15n, shippingPrice: 0n });
		const offer = { offerId: offerIdOf(await publishListing(seller, { shopId, terms: [native] }), 0), terms: native };
		const deposit = encodeFunctionData({ abi: orderBookAbi, functionName: 'deposit', args: [seller.address, zeroAddress, 3n * 10n ** 15n] });
		await seller.execute([{ to: market.deployment.contracts.orderBook, value: 3n * 10n ** 15n, data: deposit }]);
		const { order } = await buy(seller, offer);
		await confirm(seller, order);
		await withdrawShop(seller, shopId, zeroAddress, 10n ** 15n);
		await expectSameMoney();
		expect((await market.reads.order.balancesOf(seller.address)).find((one) => one.currency === zeroAddress)?.amount).toBe((3n * 10n ** 15n).toString());
		expect((await market.reads.order.ledgerOf(shopAccountOf(shopId))).items[0]).toMatchObject({ kind: 'withdrawal', amount: (-(10n ** 15n)).toString() });
	});

	test('behavior: two shares for the same account, and one that rounds to nothing', async () => {
		const odd = await ordinaryTerms(seller, {
			unitPrice: 50n,
			shippingPrice: 0n,
			affiliateBps: 1000,
			splits: [
				{ recipient: maker.address, bps: 1 },
				{ recipient: maker.address, bps: 2000 },
			],
		});
		const offer = { offerId: offerIdOf(await publishListing(seller, { shopId, terms: [odd] }), 0), terms: odd };
		const { order, orderId } = await buy(buyer, offer, { affiliate: maker.address });
		await confirm(buyer, order);
		expect((await view(orderId)).payouts.map(({ kind, amount }) => [kind, amount])).toEqual([
			['seller', '35'],
			['split', '10'],
			['affiliate', '5'],
		]);
	});

	test('error: an id that was never placed', async () => {
		expect(await market.reads.order.order(`0x${'7'.repeat(64)}`, null)).toBeNull();
	});
});

describe('deadlines', () => {
	test('default: what is due is settled by itself, in chain time, once', async () => {
		const offer = { offerId: offerIdOf(await publishListing(seller, { shopId, terms: [terms], stocks: [100] }), 0), terms };
		const [late, shipped, disputed] = [await buy(buyer, offer), await buy(buyer, offer), await buy(buyer, offer)];
		await ship(seller, shipped.order);
		await ship(seller, disputed.order);
		await dispute(buyer, disputed.order);
		await market.advance(terms.shipBySeconds + 1);
		expect(await view(late.orderId)).toMatchObject({ state: 'refunded', deadlineDefault: null });
		expect((await view(late.orderId)).events.at(-1)).toMatchObject({ kind: 'refunded', cause: 0 });
		expect((await view(shipped.orderId)).state).toBe('shipped');
		await market.advance(terms.confirmBySeconds);
		expect((await view(shipped.orderId)).state).toBe('delivered');
		await market.advance(terms.returnSeconds);
		expect((await view(shipped.orderId)).state).toBe('completed');
		await market.advance(30 * 86_400);
		expect((await view(disputed.orderId)).state).toBe('ruled');
		for (const one of [late, shipped, disputed]) await expectSameState(one.orderId);
		await expectSameMoney();
	});
});

describe('figures', () => {
	test('default: a seller sees what is to do and what came in', async () => {
		const busy = await openShop(seller, { slug: 'figures-shop' });
		const offer = { offerId: offerIdOf(await publishListing(seller, { shopId: busy, terms: [terms], stocks: [3] }), 0), terms };
		const [first, second] = [await buy(buyer, offer), await buy(buyer, offer), await buy(buyer, offer)];
		await ship(seller, first.order);
		await confirm(buyer, first.order);
		await refund(seller, second.order);
		const figures = await market.reads.order.shopFigures(busy.toString());
		expect(figures).toMatchObject({ toShip: 1, disputed: 0, outOfStock: 0, unreviewed: 2, onTimeRate: 1, refundRate: 0.5 });
		expect(figures.inEscrow).toEqual([{ currency: terms.currency, amount: '1000503' }]);
		expect(figures.available[0]?.amount).toBe(figures.daily.at(-1)?.revenue[0]?.amount);
		expect(figures.daily).toHaveLength(30);
		expect(figures.daily.at(-1)?.orders).toBe(3);
		const shop = await market.reads.shop.shop('figures-shop');
		expect(shop).toMatchObject({ completedOrders: 1, onTimeRate: 1, disputeRate: 0 });
	});

	test('behavior: orders come in pages, by state, newest first', async () => {
		const all: string[] = [];
		for (let cursor: string | null = null; ; ) {
			const page = await market.reads.order.ordersOfShop(shopId.toString(), { cursor, limit: 3 });
			all.push(...page.items.map((one) => one.id));
			cursor = page.next;
			if (cursor === null) break;
		}
		expect(new Set(all).size).toBe(all.length);
		const ended = await market.reads.order.ordersOfBuyer(buyer.address, { states: ['refunded', 'ruled'], limit: 100 });
		expect(ended.items.every((one) => one.state === 'refunded' || one.state === 'ruled')).toBe(true);
		const times = ended.items.map((one) => one.placedAt);
		expect(times).toEqual(times.toSorted((a, b) => b - a));
	});
});

describe('reviews', () => {
	test('default: both sides, replies, and what the stars add up to', async () => {
		const { order, orderId } = await place();
		await ship(seller, order);
		await confirm(buyer, order);
		await review(buyer, order, { ofSeller: true, rating: 4, text: '茶很香 <b>' });
		await review(seller, order, { ofSeller: false, rating: 5, text: 'Paid at once' });
		await reply(seller, order, { ofSeller: true, text: '谢谢' });
		const { reviews, nextActions } = await view(orderId, buyer.address);
		expect(reviews.ofSeller).toMatchObject({
			rating: 4,
			text: '茶很香 <b>',
			author: buyer.address,
			reply: { text: '谢谢' },
			listingTitle: { en: 'Spring tea, 50 g' },
		});
		expect(reviews.ofBuyer).toMatchObject({ rating: 5, reply: null });
		expect(nextActions).toEqual([]);
		const listingId = (offerId >> 16n).toString();
		expect((await market.reads.review.reviewsOfListing(listingId)).items).toHaveLength(1);
		expect((await market.reads.review.reviewsOfShop(shopId.toString())).items).toHaveLength(1);
		expect((await market.reads.shop.listing(listingId))?.rating).toEqual({ count: 1, average: 4, histogram: [0, 0, 0, 1, 0] });
		expect((await market.reads.shop.shop('order-shop'))?.rating.average).toBe(4);
	});
});

describe('discovery', () => {
	test('default: trades name goods and sums, never people', async () => {
		const { items, next } = await market.reads.discovery.trades();
		expect(items).toHaveLength(30);
		expect(next).not.toBeNull();
		const text = JSON.stringify(items).toLowerCase();
		for (const person of [buyer, seller, friend, maker]) expect(text).not.toContain(person.address.slice(2).toLowerCase());
	});

	test('default: an order’s proof holds the chain’s own logs', async () => {
		const { order, orderId } = await place();
		await ship(seller, order);
		const proof = await market.reads.discovery.orderProof(orderId);
		expect(proof?.steps.map((step) => step.proof.event)).toEqual(['OrderPlaced', 'OrderAdvanced']);
		expect(proof?.steps.every((step) => step.raw.topics[1] === orderId)).toBe(true);
		expect(proof?.listing.content).toContain('"Spring tea, 50 g"');
		expect(await market.reads.discovery.orderProof(`0x${'8'.repeat(64)}`)).toBeNull();
	});
});

test('replay equals live', async () => {
	await market.processAll();
	const live = await market.fingerprints();
	await market.reindex();
	expect(await market.fingerprints()).toEqual(live);
});
