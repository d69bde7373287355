import { encodePlaceOrder, type OfferTerms, type Order, orderIdOf, orderToWire } from '@kaishi/protocol/order';
import { type ListingView, listingOfOffer, offerIdOf, sequenceOfListing } from '@kaishi/protocol/shop';
import type { Hex } from 'viem';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
	buy,
	draftOrder,
	openShop,
	openTestMarket,
	ordinaryContent,
	ordinaryTerms,
	type PasskeyUser,
	placeCartByWallet,
	publishListing,
	refund,
	type TestMarket,
	type WalletUser,
} from '../../../testkit/src/index.ts';
import { createOrderLimits, unitsOf } from './limits.ts';

let market: TestMarket;
let seller: PasskeyUser;
let shopId: bigint;
let terms: OfferTerms;
const reached = { code: 'Operator_LimitReached', kind: 'conflict', details: { most: '2' } };

beforeAll(async () => {
	market = await openTestMarket();
	seller = await market.passkeyUser();
	shopId = await openShop(seller, { slug: 'one-each' });
	terms = await ordinaryTerms(seller, { unitPrice: 1_000_000n });
});
afterAll(() => market?.close());

/** A listing of two variants of which nobody may have more than `perAccount` pieces together. */
async function publish(perAccount: number): Promise<bigint> {
	const content = {
		...ordinaryContent,
		options: [{ en: 'Colour' }],
		variants: [{ values: [{ en: 'red' }] }, { values: [{ en: 'blue' }] }],
		perAccount,
	};
	return publishListing(seller, { shopId, content, terms: [terms, terms], stocks: [100, 100] });
}

const wanted = (listingId: bigint, quantity: bigint, variant = 0) => ({ offerId: offerIdOf(listingId, variant), terms, quantity });
const units = async (buyer: WalletUser | PasskeyUser, listingId: bigint) =>
	(await unitsOf(market.db, buyer.address, [listingId.toString()])).get(listingId.toString());

describe('a listing with a limit per account', () => {
	test('default: shown, kept over its variants, and free again after a refund', async () => {
		const [buyer, other, listingId] = [await market.walletUser(), await market.walletUser(), await publish(2)];
		expect(await buyer.client.get<ListingView>(`/api/listings/${listingId}`)).toMatchObject({ perAccount: 2 });
		const first = await buy(buyer, wanted(listingId, 1n));
		await expect(buy(buyer, wanted(listingId, 2n, 1))).rejects.toMatchObject(reached);
		await buy(buyer, wanted(listingId, 1n, 1));
		expect(await units(buyer, listingId)).toBe(2n);
		await expect(buy(buyer, wanted(listingId, 1n))).rejects.toMatchObject(reached);
		await buy(other, wanted(listingId, 2n));
		await refund(seller, first.order);
		expect(await units(buyer, listingId)).toBe(1n);
		await buy(buyer, wanted(listingId, 1n));
	});

	test('behavior: a version without the limit lifts it', async () => {
		const [buyer, listingId] = [await market.walletUser(), await publish(2)];
		await expect(buy(buyer, wanted(listingId, 3n))).rejects.toMatchObject(reached);
		await publishListing(seller, { shopId, sequence: sequenceOfListing(listingId), terms: [terms], stocks: [100] });
		await buy(buyer, { ...wanted(listingId, 3n), version: 2 });
	});

	test('behavior: every door counts: user operations, forwarded calls, signed orders, carts', async () => {
		const listingId = await publish(2);
		const { contracts } = market.deployment;
		const [passkey, wallet] = [await market.passkeyUser(), await market.walletUser()];
		await expect(buy(passkey, wanted(listingId, 3n))).rejects.toMatchObject(reached);
		await buy(passkey, wanted(listingId, 2n));
		await expect(buy(passkey, wanted(listingId, 1n))).rejects.toMatchObject(reached);

		const three = await draftOrder(wallet, wanted(listingId, 3n));
		await expect(wallet.execute([{ to: contracts.orderBook, data: encodePlaceOrder(three) }])).rejects.toMatchObject(reached);
		await expect(wallet.client.relay('order', { order: orderToWire(three), signature: await wallet.signOrder(three) })).rejects.toMatchObject(reached);
		const cart = [await draftOrder(wallet, wanted(listingId, 1n)), await draftOrder(wallet, wanted(listingId, 2n, 1))];
		await expect(placeCartByWallet(wallet, cart)).rejects.toMatchObject(reached);
		expect(await units(wallet, listingId)).toBeUndefined();
	});

	test('behavior: of two orders at once only one passes, and the same order again gets the same answer', async () => {
		const [buyer, listingId] = [await market.walletUser(), await publish(2)];
		const orders = [await draftOrder(buyer, wanted(listingId, 2n)), await draftOrder(buyer, wanted(listingId, 2n))] as const;
		const answers = await Promise.allSettled([buyer.place(orders[0]), buyer.place(orders[0]), buyer.place(orders[1])]);
		expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected']);
		expect(await units(buyer, listingId)).toBe(2n);
		expect((await buyer.place(orders[0])).transactionHash).toBe((answers[0] as PromiseFulfilledResult<{ transactionHash: Hex }>).value.transactionHash);
	});

	test('behavior: what is on its way counts until it is let go', async () => {
		const [buyer, listingId] = [await market.walletUser(), await publish(2)];
		const limits = createOrderLimits(market.db);
		const order = async (quantity: bigint) => limited(await draftOrder(buyer, wanted(listingId, quantity)));
		const release = await limits.take([await order(1n), await order(1n)]);
		await expect(limits.take([await order(1n)])).rejects.toMatchObject(reached);
		release();
		(await limits.take([await order(2n)]))();
		await expect(limits.take([await order(1n), await order(2n)])).rejects.toMatchObject(reached);
		(await limits.take([await order(2n)]))();
	});
});

function limited(order: Order) {
	const { chainId, contracts } = market.deployment;
	return {
		orderId: orderIdOf(order, chainId, contracts.orderBook),
		buyer: order.buyer,
		listingId: listingOfOffer(order.offerId).toString(),
		quantity: order.quantity,
	};
}
