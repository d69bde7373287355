import { orderBookAbi } from '@kaishi/protocol/generated/order-book';
import type { CartLine, OfferTerms, Order, OrderSummary, Quote } from '@kaishi/protocol/order';
import { MAX_CART_LINES, QUOTE_SECONDS, settle, termsToWire } from '@kaishi/protocol/order';
import type { Page } from '@kaishi/protocol/platform/proof';
import { offerIdOf } from '@kaishi/protocol/shop';
import { encodeFunctionData, erc20Abi, zeroAddress } from 'viem';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
	type Actor,
	buy,
	draftOrder,
	openShop,
	ordinaryTerms,
	type PasskeyUser,
	placeCartByPasskey,
	placeCartByWallet,
	publishListing,
	signCart,
	type WalletUser,
} from '../actors/index.ts';
import { openTestMarket, type TestMarket } from '../open-test-market.ts';
import { refusalOf } from './expectations.ts';

let market: TestMarket;
let stalls: { offerId: bigint; terms: OfferTerms; seller: PasskeyUser; listingId: bigint; shopId: bigint }[];
let opened = 0;

async function openStall(symbol: string, price: bigint, stock = 50) {
	const seller = await market.passkeyUser();
	const currency = (await market.info()).currencies.find((one) => one.symbol === symbol)?.address ?? zeroAddress;
	const shopId = await openShop(seller, { slug: `cart-${++opened}` });
	const terms = await ordinaryTerms(seller, { currency, unitPrice: price, shippingPrice: price / 10n });
	const listingId = await publishListing(seller, { shopId, terms: [terms], stocks: [stock] });
	return { offerId: offerIdOf(listingId, 0), terms, seller, listingId, shopId };
}

beforeAll(async () => {
	market = await openTestMarket();
	stalls = [
		await openStall('tUSD', 20_000_000n),
		await openStall('tEUR', 3n * 10n ** 18n),
		await openStall('ETH', 10n ** 15n),
		await openStall('tXRP', 5_000_000n),
	];
});
afterAll(() => market?.close());

const draftAll = (buyer: Actor, wanted = stalls) => Promise.all(wanted.map((stall) => draftOrder(buyer, stall)));
const ordersOf = async (buyer: Actor) => (await market.reads.order.ordersOfBuyer(buyer.address, {})) as Page<OrderSummary>;
const lineOf = (stall: (typeof stalls)[number], change: Partial<CartLine> = {}): CartLine => {
	const { currency, unitPrice, shippingPrice } = termsToWire(stall.terms);
	return {
		offerId: stall.offerId.toString(),
		quantity: 1,
		seen: { version: 1, currency, unitPrice, shippingPrice },
		affiliate: null,
		addedAt: 1_900_000_000,
		...change,
	};
};

test('one passkey operation makes the account, pays four shops in four coins and places all orders', async () => {
	const buyer = await market.passkeyUser();
	const relayed = await placeCartByPasskey(buyer, await draftAll(buyer));
	expect(relayed.created.orderIds).toHaveLength(4);
	const { items } = await ordersOf(buyer);
	expect(items.map((one) => one.state)).toEqual(['placed', 'placed', 'placed', 'placed']);
	expect(new Set(items.map((one) => one.shop.id)).size).toBe(4);
});

test('a wallet signs once per order, and all are placed in one transaction', async () => {
	const buyer = await market.walletUser();
	const wanted = stalls.filter(({ terms }) => terms.currency !== zeroAddress);
	const orders = await draftAll(buyer, wanted);
	const cart = await signCart(buyer, orders);
	const relayed = await buyer.client.relay('cart', cart);
	expect(relayed.created.orderIds).toHaveLength(3);
	expect(await buyer.client.relay('cart', cart), 'told again, the same answer').toEqual(relayed);
});

test('money inside the market pays first, beside authorizations', async () => {
	const buyer = await market.walletUser();
	const [usd, eur] = stalls as [(typeof stalls)[number], (typeof stalls)[number]];
	const [fromBalance, authorized] = (await draftAll(buyer, [usd, eur])) as [Order, Order];
	const donor = await market.passkeyUser();
	const { orderBook } = (await market.info()).contracts;
	const { total } = settle(fromBalance);
	await donor.execute([
		{ to: usd.terms.currency, data: encodeFunctionData({ abi: erc20Abi, functionName: 'approve', args: [orderBook, total] }) },
		{ to: orderBook, data: encodeFunctionData({ abi: orderBookAbi, functionName: 'deposit', args: [buyer.address, usd.terms.currency, total] }) },
	]);
	await placeCartByWallet(buyer, [fromBalance, authorized], [fromBalance]);
	expect((await ordersOf(buyer)).items).toHaveLength(2);
	expect(await market.reads.order.balancesOf(buyer.address)).toEqual([]);
});

test('all or nothing: when one is sold out meanwhile nothing is paid, and it is named', async () => {
	const scarce = await openStall('tUSD', 1_000_000n, 1);
	const rival = await market.passkeyUser();
	const people: [PasskeyUser | WalletUser, (orders: Order[]) => Promise<unknown>][] = [];
	const passkey = await market.passkeyUser();
	const wallet = await market.walletUser();
	people.push([passkey, (orders) => placeCartByPasskey(passkey, orders)], [wallet, (orders) => placeCartByWallet(wallet, orders)]);
	const drafts = await Promise.all(people.map(([buyer]) => draftAll(buyer, [stalls[0] as never, scarce, stalls[1] as never])));
	await buy(rival, scarce);
	for (const [i, [buyer, place]] of people.entries()) {
		const refusal = await refusalOf(place(drafts[i] as Order[]));
		expect(refusal).toMatchObject({ code: 'Catalog_SoldOut', details: { offerId: scarce.offerId.toString(), left: '0' } });
		if (buyer.kind === 'wallet') expect(refusal.details.item).toBe('1');
		expect((await ordersOf(buyer)).items).toEqual([]);
		await place((drafts[i] as Order[]).filter((_, index) => index !== 1));
		expect((await ordersOf(buyer)).items, 'the rest').toHaveLength(2);
	}
});

test('a cart as full as it may be fits into one operation, and into one transaction of a wallet', async () => {
	const [first, second] = stalls as [(typeof stalls)[number], (typeof stalls)[number]];
	const full = Array.from({ length: MAX_CART_LINES }, (_, i) => (i % 2 ? first : second));
	const passkey = await market.passkeyUser();
	expect((await placeCartByPasskey(passkey, await draftAll(passkey, full))).created.orderIds).toHaveLength(MAX_CART_LINES);
	const wallet = await market.walletUser();
	expect((await placeCartByWallet(wallet, await draftAll(wallet, full))).created.orderIds).toHaveLength(MAX_CART_LINES);
});

test('error: a cart of two people, of nobody, or of another’s signature', async () => {
	const [one, other] = [await market.walletUser(), await market.walletUser()];
	const stall = stalls[0] as (typeof stalls)[number];
	const [own] = (await signCart(one, await draftAll(one, [stall]))).orders;
	const [foreign] = (await signCart(other, await draftAll(other, [stall]))).orders;
	expect(await refusalOf(one.client.relay('cart', { orders: [own, foreign] }))).toMatchObject({ code: 'Relayer_UnsupportedOperation' });
	expect(await refusalOf(one.client.relay('cart', { orders: [] }))).toMatchObject({ code: 'Request_Invalid' });
	const forged = { ...own, signature: foreign?.signature };
	expect(await refusalOf(one.client.relay('cart', { orders: [forged] }))).toMatchObject({ code: 'ERC3009InvalidSignature', details: { item: '0' } });
	expect((await ordersOf(one)).items).toEqual([]);
});

test('a quote holds for its time, and the contract ends what was made from it', async () => {
	const buyer = await market.walletUser();
	const stall = stalls[0] as (typeof stalls)[number];
	const quote = await buyer.client.post<Quote>('/api/quotes', { lines: [{ offerId: stall.offerId.toString(), quantity: 2 }] });
	expect(quote).toMatchObject({
		feeBps: 0,
		validBefore: quote.at + QUOTE_SECONDS,
		ratesVersion: 1,
		lines: [{ problem: null, offer: { listing: { version: 1 } } }],
	});
	const order = await draftOrder(buyer, stall, { validBefore: BigInt(quote.validBefore) });
	const late = await draftOrder(buyer, stall, { validBefore: BigInt(quote.validBefore) });
	await buyer.place(order);
	await market.advance(QUOTE_SECONDS + 1);
	expect(await refusalOf(placeCartByWallet(buyer, [late]))).toMatchObject({ code: expect.stringMatching(/^OrderBook_Expired$|^ERC3009/) });
	expect((await buyer.client.post<Quote>('/api/quotes', { lines: [{ offerId: stall.offerId.toString(), quantity: 1 }] })).validBefore).toBeGreaterThan(
		quote.validBefore,
	);
});

test('a quote tells what cannot be bought any more', async () => {
	const scarce = await openStall('tUSD', 1_000_000n, 2);
	const client = market.client();
	const ask = (quantity: number, offerId = scarce.offerId) => client.post<Quote>('/api/quotes', { lines: [{ offerId: offerId.toString(), quantity }] });
	expect((await ask(3)).lines).toMatchObject([{ problem: 'short', left: 2 }]);
	const dearer = { ...scarce.terms, unitPrice: 2_000_000n };
	await publishListing(scarce.seller, { shopId: scarce.shopId, sequence: Number(scarce.listingId & 0xffffffffn), terms: [dearer], stocks: [0] });
	expect((await ask(1)).lines).toMatchObject([{ problem: 'soldOut', left: 0, offer: { listing: { version: 2 }, terms: { unitPrice: '2000000' } } }]);
	expect((await ask(1, 1n << 200n)).lines).toMatchObject([{ problem: 'gone', offer: null }]);
});

test('a cart follows its owner, without doubles, and is shown to nobody else', async () => {
	const owner = await market.passkeyUser();
	const [first, second] = stalls as [(typeof stalls)[number], (typeof stalls)[number]];
	expect(await refusalOf(owner.client.post('/api/cart', { lines: [] }))).toMatchObject({ code: 'Session_Required' });
	await owner.signIn();
	await owner.client.post('/api/cart', { lines: [lineOf(first, { quantity: 2 })] });
	const merged = await owner.client.post<{ lines: CartLine[] }>('/api/cart', { lines: [lineOf(first), lineOf(second, { addedAt: 1_900_000_001 })] });
	expect(merged.lines.map(({ offerId, quantity }) => [offerId, quantity])).toEqual([
		[first.offerId.toString(), 2],
		[second.offerId.toString(), 1],
	]);
	expect(await owner.client.put(`/api/cart/${first.offerId}`, lineOf(first, { quantity: 7 }))).toMatchObject({ lines: [{ quantity: 7 }, { quantity: 1 }] });
	expect(await refusalOf(owner.client.put(`/api/cart/${second.offerId}`, lineOf(first)))).toMatchObject({ code: 'Request_Invalid' });
	expect(await owner.client.post('/api/cart/drop', { offerIds: [first.offerId.toString()] })).toMatchObject({
		lines: [{ offerId: second.offerId.toString() }],
	});
	const stranger = await market.passkeyUser();
	await stranger.signIn();
	expect(await stranger.client.get('/api/cart')).toEqual({ lines: [] });
});

test('error: a cart holds no more than one operation places', async () => {
	const owner = await market.passkeyUser();
	await owner.signIn();
	const stall = stalls[0] as (typeof stalls)[number];
	const many = Array.from({ length: 20 }, (_, i) => lineOf(stall, { offerId: String(i + 1), addedAt: 1_900_000_000 + i }));
	await owner.client.post('/api/cart', { lines: many });
	expect(await refusalOf(owner.client.put(`/api/cart/${stall.offerId}`, lineOf(stall)))).toMatchObject({ code: 'Cart_Full', details: { most: '20' } });
	expect(await refusalOf(owner.client.post('/api/cart', { lines: [...many, lineOf(stall)] }))).toMatchObject({ code: 'Request_Invalid' });
});
