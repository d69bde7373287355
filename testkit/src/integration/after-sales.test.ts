import type { OfferTerms, Order, OrderView } from '@kaishi/protocol/order';
import { offerIdOf, shopAccountOf } from '@kaishi/protocol/shop';
import type { Hex } from 'viem';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
	type Actor,
	acceptOffer,
	buy,
	confirm,
	disputeWithReason,
	offerSplit,
	openShop,
	ordinaryContent,
	ordinaryTerms,
	publishListing,
	sendBackWithTracking,
	settleDue,
	shipWithTracking,
	signOffer,
	takeStep,
	takeStepWithReason,
} from '../actors/index.ts';
import { openTestMarket, type TestMarket } from '../open-test-market.ts';
import { refusalOf } from './expectations.ts';

const DAY = 86_400;
let market: TestMarket;
let seller: Actor;
let shopId: bigint;
let usual: OfferTerms;

beforeAll(async () => {
	market = await openTestMarket();
});
let opened = 0;
// A seller per test: what one account may write in a second is limited.
beforeEach(async () => {
	seller = await market.passkeyUser();
	shopId = await openShop(seller, { slug: `after-sales-${++opened}` });
	usual = await ordinaryTerms(seller);
});
afterAll(() => market?.close());

const people = [
	['a passkey buyer', () => market.passkeyUser()],
	['a wallet buyer', () => market.walletUser()],
] as const;

interface Sale {
	buyer: Actor;
	order: Order;
	orderId: Hex;
	total: bigint;
}

/** Sold under `change`d terms and, when there is something to ship, shipped. */
async function sell(change: Partial<OfferTerms> = {}, asBuyer: () => Promise<Actor> = () => market.walletUser()): Promise<Sale> {
	const terms = { ...usual, ...change };
	const digital = terms.shipBySeconds === 0;
	const content = digital ? { ...ordinaryContent, kind: 'digital' as const, category: 'digital' as const } : ordinaryContent;
	const listingId = await publishListing(seller, { shopId, terms: [terms], content });
	const buyer = await asBuyer();
	const { order, orderId } = await buy(buyer, { offerId: offerIdOf(listingId, 0), terms });
	if (!digital) await shipWithTracking(seller, order);
	return { buyer, order, orderId, total: terms.unitPrice + terms.shippingPrice };
}

const signedIn = new WeakSet<Actor>();

async function seenBy(actor: Actor, orderId: Hex): Promise<OrderView> {
	if (!signedIn.has(actor)) await actor.signIn();
	signedIn.add(actor);
	return actor.client.get<OrderView>(`/api/orders/${orderId}`);
}
const balanceOf = async (account: Hex) =>
	BigInt((await market.reads.order.balancesOf(account)).find((money) => money.currency === usual.currency)?.amount ?? 0);
const shopBalance = () => balanceOf(shopAccountOf(shopId));
const actionsOf = (view: OrderView) => view.nextActions.map(({ action }) => action);

/** What buyer and shop got of it, in base units. */
async function gains(sale: Sale, work: () => Promise<unknown>): Promise<{ buyer: bigint; shop: bigint }> {
	const [buyer, shop] = [await balanceOf(sale.buyer.address), await shopBalance()];
	await work();
	return { buyer: (await balanceOf(sale.buyer.address)) - buyer, shop: (await shopBalance()) - shop };
}

describe.each(people)('%s', (_, asBuyer) => {
	test('no-reason return: the terms grant it, the parcel comes back, the money less what was agreed', async () => {
		const sale = await sell({ restockingBps: 1000, returnShippingPrice: 2_000_000n }, asBuyer);
		const { buyer, order, orderId, total } = sale;
		await takeStep(buyer, 'acknowledge', order);
		const delivered = await seenBy(buyer, orderId);
		expect(delivered).toMatchObject({ state: 'delivered', deadlineDefault: 'release' });
		expect(delivered.nextActions.find(({ action }) => action === 'requestReturn')?.byRight).toBe(true);
		await takeStepWithReason(buyer, 'requestReturn', order, { reason: '不喜欢颜色' });
		expect(await seenBy(buyer, orderId)).toMatchObject({ state: 'returning', request: { remedy: 'return', byRight: true } });
		await sendBackWithTracking(buyer, order);
		const back = await seenBy(seller, orderId);
		expect(back).toMatchObject({ state: 'returned', returnTracking: { number: 'SF0987654321' }, disputeReason: '不喜欢颜色', deadlineDefault: 'refund' });
		const stranger = await seenBy(await market.walletUser(), orderId);
		expect(stranger).toMatchObject({ role: null, returnTracking: null, disputeReason: null, offers: [] });
		expect(stranger.events.every(({ note }) => note === null)).toBe(true);
		const kept = order.terms.unitPrice / 10n + 2_000_000n;
		expect(await gains(sale, () => takeStep(seller, 'acceptReturn', order))).toEqual({ buyer: total - kept, shop: kept });
		expect((await seenBy(buyer, orderId)).events.at(-1)).toMatchObject({ kind: 'refunded', cause: 4 });
	});

	test('exchange: back, another piece out, and the seller is paid in the end', async () => {
		const sale = await sell({ remedies: 1 }, asBuyer);
		const { buyer, order, orderId, total } = sale;
		await takeStep(buyer, 'acknowledge', order);
		await takeStep(buyer, 'requestExchange', order);
		await sendBackWithTracking(buyer, order);
		await takeStep(seller, 'acceptReturn', order);
		expect(await seenBy(seller, orderId)).toMatchObject({ state: 'replacing', deadlineDefault: 'refund' });
		await shipWithTracking(seller, order, { carrier: 'SF Express', number: 'SECOND' });
		expect((await seenBy(buyer, orderId)).tracking).toEqual({ carrier: 'SF Express', number: 'SECOND' });
		expect(await gains(sale, () => confirm(buyer, order))).toEqual({ buyer: 0n, shop: total });
	});

	test('warranty claim: the reserve waits, and pays for what broke', async () => {
		const sale = await sell({ warrantySeconds: 365 * DAY, warrantyBps: 1000 }, asBuyer);
		const { buyer, order, orderId, total } = sale;
		expect(await gains(sale, () => confirm(buyer, order))).toEqual({ buyer: 0n, shop: total - total / 10n });
		expect(await seenBy(buyer, orderId)).toMatchObject({ state: 'warranty', held: { amount: (total / 10n).toString() }, underWarranty: true });
		await takeStepWithReason(buyer, 'requestRefund', order, { reason: 'The lid cracked.' }, 10_000);
		expect(await seenBy(seller, orderId)).toMatchObject({ state: 'requested', request: { byRight: false }, disputeReason: 'The lid cracked.' });
		expect(await gains(sale, () => takeStep(seller, 'grant', order))).toEqual({ buyer: total / 10n, shop: 0n });
	});

	test('partial refund: the asked part goes back, the rest to the seller', async () => {
		const sale = await sell({}, asBuyer);
		const { buyer, order, orderId, total } = sale;
		await takeStepWithReason(buyer, 'requestRefund', order, { reason: 'One corner is dented.' }, 2500);
		expect(await seenBy(seller, orderId)).toMatchObject({ state: 'requested', request: { remedy: 'refund', bps: 2500 }, deadlineDefault: 'settle' });
		expect(await gains(sale, () => takeStep(seller, 'grant', order))).toEqual({ buyer: total / 4n, shop: total - total / 4n });
		expect((await seenBy(buyer, orderId)).state).toBe('settled');
	});

	test('settlement: an offer, a counter-offer, accepted', async () => {
		const sale = await sell({}, asBuyer);
		const { buyer, order, orderId, total } = sale;
		await offerSplit(seller, order, 1000);
		const counter = await offerSplit(buyer, order, 4000);
		expect((await seenBy(seller, orderId)).offers.map(({ side, buyerBps }) => [side, buyerBps]).toSorted()).toEqual([
			['buyer', 4000],
			['seller', 1000],
		]);
		const part = (total * 4000n) / 10_000n;
		expect(await gains(sale, () => acceptOffer(seller, order, counter))).toEqual({ buyer: part, shop: total - part });
		expect(await seenBy(buyer, orderId)).toMatchObject({ state: 'settled', offers: [] });
	});

	test('a digital key: money back until it is taken, and not after', async () => {
		const digital = { shipBySeconds: 0, cancelSeconds: 0, shippingPrice: 0n, returnSeconds: usual.confirmBySeconds };
		const returned = await sell(digital, asBuyer);
		expect(await seenBy(returned.buyer, returned.orderId)).toMatchObject({ state: 'shipped', hasDownload: false });
		expect(await gains(returned, () => takeStep(returned.buyer, 'requestReturn', returned.order))).toEqual({ buyer: returned.total, shop: 0n });
		const taken = await sell(digital, asBuyer);
		await seller.signIn();
		await seller.client.fetch(`/api/listings/${taken.order.offerId >> 16n}/download?name=tea.txt`, { method: 'PUT', body: 'how to brew' });
		await takeStep(taken.buyer, 'acknowledge', taken.order);
		const view = await seenBy(taken.buyer, taken.orderId);
		expect(view).toMatchObject({ state: 'delivered', hasDownload: true });
		expect(view.nextActions.filter(({ byRight }) => byRight)).toEqual([]);
	});
});

describe('nobody acts', () => {
	// So that what the sales above still hold does not come in between.
	beforeAll(() => market.advance(60 * DAY));

	test('seller silent: the request counts as granted, the parcel as looked at', async () => {
		const asked = await sell();
		await takeStep(asked.buyer, 'requestRefund', asked.order, undefined, 10_000);
		const returned = await sell();
		await takeStep(returned.buyer, 'requestReturn', returned.order);
		await market.advance(3 * DAY + 1);
		expect((await seenBy(asked.buyer, asked.orderId)).state).toBe('refunded');
		expect((await seenBy(returned.buyer, returned.orderId)).state).toBe('returning');
		await sendBackWithTracking(returned.buyer, returned.order);
		expect(await gains(returned, () => market.advance(7 * DAY + 1))).toEqual({ buyer: returned.total, shop: 0n });
	});

	test('buyer silent: delivered, and after the return window the seller is paid', async () => {
		const sale = await sell();
		await market.advance(usual.confirmBySeconds + 1);
		expect(await seenBy(sale.buyer, sale.orderId)).toMatchObject({ state: 'delivered', deadlineDefault: 'release' });
		expect(await gains(sale, () => market.advance(usual.returnSeconds + 1))).toEqual({ buyer: 0n, shop: sale.total });
	});

	test('a return that is never sent, a replacement that never comes, a warranty that ends', async () => {
		const unsent = await sell();
		await takeStep(unsent.buyer, 'acknowledge', unsent.order);
		await takeStep(unsent.buyer, 'requestReturn', unsent.order);
		const unreplaced = await sell({ remedies: 1 });
		await takeStep(unreplaced.buyer, 'acknowledge', unreplaced.order);
		await takeStep(unreplaced.buyer, 'requestExchange', unreplaced.order);
		await sendBackWithTracking(unreplaced.buyer, unreplaced.order);
		await takeStep(seller, 'acceptReturn', unreplaced.order);
		await market.advance(7 * DAY + 1);
		expect((await seenBy(unsent.buyer, unsent.orderId)).state).toBe('completed');
		expect(await seenBy(unreplaced.buyer, unreplaced.orderId)).toMatchObject({ state: 'refunded' });
		const warranted = await sell({ warrantySeconds: 30 * DAY, warrantyBps: 500 });
		await confirm(warranted.buyer, warranted.order);
		const reserve = warranted.total / 20n;
		expect(await gains(warranted, () => market.advance(30 * DAY + 1))).toEqual({ buyer: 0n, shop: reserve });
	});

	test('carrier lost: the buyer reports it, the seller gives the money back', async () => {
		const sale = await sell();
		await takeStepWithReason(sale.buyer, 'requestRefund', sale.order, { reason: '快递一直没到' }, 10_000);
		expect(actionsOf(await seenBy(seller, sale.orderId))).toEqual(expect.arrayContaining(['grant', 'dispute', 'settle']));
		expect(await gains(sale, () => takeStep(seller, 'grant', sale.order))).toEqual({ buyer: sale.total, shop: 0n });
	});

	test('a passed deadline is executed once, whoever pokes it', async () => {
		const sale = await sell();
		await market.advance(usual.confirmBySeconds + usual.returnSeconds + 2);
		const state = (await seenBy(sale.buyer, sale.orderId)).state;
		expect(state).toBe('completed');
		expect((await refusalOf(settleDue(sale.buyer, sale.order))).code).toBe('OrderBook_WrongState');
	});
});

describe('reasons', () => {
	test('behavior: the seller contests with words of its own; both stand beside their steps', async () => {
		const { buyer, order, orderId } = await sell();
		await takeStepWithReason(buyer, 'requestRefund', order, { reason: 'Mouldy.' }, 10_000);
		await takeStepWithReason(seller, 'dispute', order, { reason: 'It was fresh when it left.' });
		const view = await seenBy(buyer, orderId);
		expect(view.state).toBe('disputed');
		expect(view.events.flatMap(({ note }) => (note?.kind === 'reason' ? [note.reason] : []))).toEqual(['Mouldy.', 'It was fresh when it left.']);
		await disputeWithReason(buyer, order, 'again').catch(() => undefined);
		expect((await seenBy(buyer, orderId)).disputeReason).toBe('It was fresh when it left.');
	});
});

describe('offers that are none', () => {
	test('error: strangers, other steps, bent parts, long lives and forged signatures', async () => {
		const { buyer, order, orderId } = await sell();
		const stranger = await market.walletUser();
		for (const actor of [buyer, seller, stranger]) await actor.signIn();
		const post = (actor: Actor, body: unknown) => actor.client.post(`/api/orders/${orderId}/offers`, body);
		const good = await signOffer(buyer, order, 5000);
		expect((await refusalOf(post(stranger, good))).kind).toBe('forbidden');
		expect((await refusalOf(post(seller, good))).code).toBe('OrderBook_InvalidSignature');
		expect((await refusalOf(post(buyer, { ...good, buyerBps: 6000 }))).code).toBe('OrderBook_InvalidSignature');
		expect((await refusalOf(post(buyer, { ...good, buyerBps: 10_001 }))).code).toBe('Request_Invalid');
		expect((await refusalOf(post(buyer, await signOffer(buyer, order, 5000, { step: good.step + 1 })))).code).toBe('OrderBook_WrongStep');
		const long = await signOffer(buyer, order, 5000, { validBefore: (await buyer.client.now()) + 30 * DAY });
		expect((await refusalOf(post(buyer, long))).code).toBe('Request_Invalid');
		expect((await seenBy(seller, orderId)).offers).toEqual([]);
	});

	test('behavior: stale once the order moves on, gone from the page when withdrawn, never shown to strangers', async () => {
		const { buyer, order, orderId } = await sell();
		const offer = await offerSplit(buyer, order, 5000);
		expect((await seenBy(await market.walletUser(), orderId)).offers).toEqual([]);
		await buyer.client.fetch(`/api/orders/${orderId}/offers`, { method: 'DELETE' });
		expect((await seenBy(seller, orderId)).offers).toEqual([]);
		await offerSplit(buyer, order, 5000);
		await takeStep(buyer, 'acknowledge', order);
		expect((await seenBy(seller, orderId)).offers).toEqual([]);
		expect((await refusalOf(acceptOffer(seller, order, offer))).code).toBe('OrderBook_WrongStep');
	});
});
