import { openSessionCalls, revokeSessionCall } from '@kaishi/protocol/account';
import { type Order, orderIdOf, orderToWire, settle } from '@kaishi/protocol/order';
import { offerIdOf } from '@kaishi/protocol/shop';
import { tabSignature } from '@kaishi/protocol/tab';
import type { Address, Hex } from 'viem';
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
	type Actor,
	draftOrder,
	openShop,
	openTestMarket,
	ordinaryTerms,
	type PasskeyUser,
	publishListing,
	type TestMarket,
	type WalletUser,
} from '../index.ts';

let market: TestMarket;
let seller: PasskeyUser;
let passkey: PasskeyUser;
let wallet: WalletUser;
let shopId: bigint;
let offer: Parameters<typeof draftOrder>[1];
let currency: Address;

beforeAll(async () => {
	market = await openTestMarket();
	[seller, passkey, wallet] = await Promise.all([market.passkeyUser(), market.passkeyUser(), market.walletUser()]);
	const terms = await ordinaryTerms(seller, { unitPrice: 2_000_000n, shippingPrice: 0n });
	currency = terms.currency;
	shopId = await openShop(seller, { slug: 'quick-buys' });
	const listingId = await publishListing(seller, { shopId, terms: [terms], stocks: [1000] });
	offer = { offerId: offerIdOf(listingId, 0), terms };
});
afterAll(() => market?.close());

const key = () => privateKeyToAccount(generatePrivateKey());
type Key = ReturnType<typeof key>;

async function open(buyer: Actor, session: Key, limit: bigint, options: { shopId?: string; seconds?: number } = {}): Promise<void> {
	const held = (await market.reads.order.balancesOf(buyer.address)).find((money) => money.currency === currency);
	const balance = buyer.kind === 'wallet' ? limit : BigInt(held?.amount ?? 0);
	await buyer.execute(
		openSessionCalls(market.deployment.contracts, {
			account: buyer.address,
			key: session.address,
			currency,
			limit,
			shopId: options.shopId ?? null,
			validUntil: market.now() + (options.seconds ?? 3600),
			balance,
		}),
	);
}

/** By somebody who knows nothing but the key. */
async function placeWith(session: Key, order: Order, signer: Key = session): Promise<Hex[]> {
	const orderId = orderIdOf(order, market.deployment.chainId, market.deployment.contracts.orderBook);
	const signature = tabSignature(session.address, await signer.sign({ hash: orderId }));
	return (await market.client().relay('order', { order: orderToWire(order), signature })).created.orderIds;
}
const left = async (buyer: Actor) => (await market.reads.account.spendingKeys(buyer.address))[0]?.left.amount;

test('default: one gesture lets a key order up to its limit, in its shop, for passkey accounts', async () => {
	const session = key();
	await open(passkey, session, 5_000_000n, { shopId: shopId.toString() });
	expect(await market.reads.account.spendingKeys(passkey.address)).toMatchObject([
		{ key: session.address, limit: { currency, amount: '5000000' }, left: { amount: '5000000' }, shopId: shopId.toString() },
	]);
	const orders = await Promise.all([draftOrder(passkey, offer), draftOrder(passkey, offer), draftOrder(passkey, offer)]);
	for (const order of orders.slice(0, 2)) {
		const [orderId] = await placeWith(session, order);
		expect((await market.reads.order.order(orderId as Hex, passkey.address))?.buyer).toBe(passkey.address);
	}
	expect(await left(passkey)).toBe((5_000_000n - 2n * settle(orders[0] as Order).total).toString());
	await expect(placeWith(session, orders[2] as Order)).rejects.toMatchObject({ code: 'Sessions_OverLimit' });
});

test('error: another key, a thief with only the address, an ended session: nothing is spent', async () => {
	const session = key();
	await open(passkey, session, 4_000_000n, { seconds: 600 });
	const order = await draftOrder(passkey, offer);
	await expect(placeWith(session, order, key())).rejects.toMatchObject({ code: 'OrderBook_InvalidSignature' });
	await expect(placeWith(key(), order)).rejects.toMatchObject({ code: 'Sessions_NotOpen' });
	await passkey.execute([revokeSessionCall(market.deployment.contracts, session.address, currency)]);
	await expect(placeWith(session, order)).rejects.toMatchObject({ code: 'Sessions_NotOpen' });

	await open(passkey, session, 4_000_000n, { seconds: 600 });
	await market.advance(601);
	await expect(placeWith(session, await draftOrder(passkey, offer))).rejects.toMatchObject({ code: 'Sessions_NotOpen' });
	expect(await market.reads.account.spendingKeys(passkey.address)).not.toContainEqual(expect.objectContaining({ key: session.address }));
});

test('behavior: wallets open them too; another shop is refused', async () => {
	const session = key();
	await open(wallet, session, 4_000_000n, { shopId: (shopId + 1n).toString() });
	await expect(placeWith(session, await draftOrder(wallet, offer))).rejects.toMatchObject({ code: 'Sessions_OtherShop' });
});

test('behavior: the tables come out the same when they are built again', async () => {
	const before = await market.fingerprints();
	await market.reindex();
	expect(await market.fingerprints()).toEqual(before);
});
