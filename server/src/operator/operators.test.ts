import { catalogAbi } from '@kaishi/protocol/generated/catalog';
import { operatorsAbi } from '@kaishi/protocol/generated/operators';
import { encodeExecute, encodeSchedule } from '@kaishi/protocol/governance';
import type { IntentAnswer } from '@kaishi/protocol/operator';
import { type OfferTerms, settle } from '@kaishi/protocol/order';
import { offerIdOf } from '@kaishi/protocol/shop';
import { type Address, encodeFunctionData } from 'viem';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
	buy,
	claimDropped,
	draftOrder,
	openShop,
	openTab,
	openTestMarket,
	ordinaryTerms,
	type PasskeyUser,
	placeFromTab,
	pledgeOffer,
	publishListing,
	receiptKept,
	signIntent,
	signReceipt,
	type Tab,
	type TestMarket,
	unpledgeOffer,
	WalletUser,
} from '../../../testkit/src/index.ts';
import { createOperator } from '../platform/chain/operator.ts';
import { readContract } from '../platform/chain/read-contract.ts';
import { tabId, takeSnapshot } from './snapshot.ts';

let market: TestMarket;
let seller: PasskeyUser;
let shopId: bigint;
let terms: OfferTerms;

beforeAll(async () => {
	market = await openTestMarket();
	seller = await market.passkeyUser();
	shopId = await openShop(seller, { slug: 'flash' });
	terms = await ordinaryTerms(seller, { unitPrice: 1_000_000n, shippingPrice: 0n });
});
afterAll(() => market?.close());

const operators = () => market.reads.operator.operators();
const bond = async () => BigInt((await operators())[0]?.bonds.find((one) => one.bond.currency === terms.currency)?.bond.amount ?? 0);
const bondOnChain = () =>
	readContract(market.chain, { address: market.deployment.contracts.operators, abi: operatorsAbi, functionName: 'bondOf', args: [1, terms.currency] });
async function expectReplay(): Promise<void> {
	const before = await market.fingerprints();
	await market.reindex();
	expect(await market.fingerprints()).toEqual(before);
}

describe('operators', () => {
	test('default: this market’s own is registered with its signer and a bond in every currency', async () => {
		const [own, ...others] = await operators();
		expect(others).toEqual([]);
		expect(own).toMatchObject({ id: market.deployment.operator?.id, signer: market.deployment.operator?.signer, caught: 0 });
		expect(own?.bonds.map((one) => one.bond.currency).sort()).toEqual(market.deployment.currencies.map(({ address }) => address).sort());
		expect(await bond()).toBe(await bondOnChain());
	});

	test('behavior: a withdrawal is announced, taken back, announced again and carried out', async () => {
		const owner = new WalletUser(market.client(), market.keys.operator.privateKey);
		const { operators: contract } = market.deployment.contracts;
		const announce = (amount: bigint) =>
			owner.execute([{ to: contract, data: encodeFunctionData({ abi: operatorsAbi, functionName: 'announceWithdrawal', args: [1, terms.currency, amount] }) }]);
		const withdrawal = async () => (await operators())[0]?.bonds.find((one) => one.bond.currency === terms.currency)?.withdrawal;
		await announce(7n);
		expect(await withdrawal()).toMatchObject({ amount: '7' });
		await announce(0n);
		expect(await withdrawal()).toBeNull();
		await announce(9n);
		const before = await bond();
		await market.advance(8 * 86_400);
		await owner.execute([{ to: contract, data: encodeFunctionData({ abi: operatorsAbi, functionName: 'withdrawBond', args: [1, terms.currency] }) }]);
		expect([await withdrawal(), await bond()]).toEqual([null, before - 9n]);
		expect(await bond()).toBe(await bondOnChain());
	});

	test('behavior: a receipt that was not honoured is paid from the bond, told in the tables and in the buyer’s movements', async () => {
		const buyer = await market.passkeyUser();
		const listingId = await publishListing(seller, { shopId, terms: [terms], stocks: [5] });
		const order = await draftOrder(buyer, { offerId: offerIdOf(listingId, 0), terms });
		const receipt = await signReceipt(buyer.client, market.keys.operator.privateKey, order);
		const before = await bond();
		await claimDropped(buyer, receipt);
		await market.processAll();
		const total = settle(order).total.toString();
		expect(await market.reads.operator.compensationOf(receipt.receipt.orderId)).toMatchObject({
			operatorId: 1,
			kind: 'dropped',
			account: buyer.address,
			compensation: { currency: terms.currency, amount: total },
		});
		expect((await operators())[0]).toMatchObject({ caught: 1 });
		expect(await bond()).toBe(await bondOnChain());
		expect(before - (await bond())).toBeGreaterThanOrEqual(BigInt(total));
		expect((await market.reads.order.ledgerOf(buyer.address)).items[0]).toMatchObject({ kind: 'compensation', amount: total });
		await expect(claimDropped(buyer, receipt)).rejects.toMatchObject({ code: 'Operators_AlreadyClaimed' });
	});

	test('behavior: caught for the same order again, with a larger sum and for another buyer: the tables hold each, and the market goes on', async () => {
		const buyer = await market.passkeyUser();
		const listingId = await publishListing(seller, { shopId, terms: [terms], stocks: [5] });
		const order = await draftOrder(buyer, { offerId: offerIdOf(listingId, 0), terms });
		const caught = async () => (await operators())[0]?.caught ?? 0;
		const before = await caught();
		for (const change of [{ total: 1n }, { total: 3n }, { buyer: seller.address, total: 1n }])
			await claimDropped(buyer, await signReceipt(buyer.client, market.keys.operator.privateKey, order, change));
		await market.processAll();
		expect((await caught()) - before).toBe(3);
		expect(await bond()).toBe(await bondOnChain());
	});

	test('error: a receipt whose order stands on the chain', async () => {
		const buyer = await market.passkeyUser();
		const listingId = await publishListing(seller, { shopId, terms: [terms], stocks: [5] });
		const { order, orderId } = await buy(buyer, { offerId: offerIdOf(listingId, 0), terms });
		await expect(claimDropped(buyer, await signReceipt(buyer.client, market.keys.operator.privateKey, order))).rejects.toMatchObject({
			code: 'Operators_NotDropped',
			details: { orderId },
		});
	});
});

describe('a pledge', () => {
	const pledgeOf = async (listingId: bigint) => (await market.reads.shop.listing(listingId.toString()))?.offers[0]?.pledge;

	test('default: shown until it ends; buyers with a tab buy, others and the seller’s changes are refused', async () => {
		const listingId = await publishListing(seller, { shopId, terms: [terms], stocks: [5] });
		const offer = { offerId: offerIdOf(listingId, 0), terms };
		const [buyer, other] = [await market.passkeyUser(), await market.walletUser()];
		await pledgeOffer(seller, offer.offerId, { seconds: 3600 });
		const pledge = await pledgeOf(listingId);
		expect(pledge).toMatchObject({ operatorId: 1 });
		const [operatorId, until] = await readContract(market.chain, {
			address: market.deployment.contracts.catalog,
			abi: catalogAbi,
			functionName: 'pledgeOf',
			args: [offer.offerId],
		});
		expect(pledge).toEqual({ operatorId, until });

		await expect(buy(other, offer)).rejects.toMatchObject({ code: 'Catalog_Pledged' });
		await expect(publishListing(seller, { shopId, sequence: Number(listingId & 0xffffffffn), terms: [terms], stocks: [9] })).rejects.toMatchObject({
			code: 'Catalog_Pledged',
		});
		const tab = await openTab(buyer, { currency: terms.currency, amount: 3_000_000n });
		await placeFromTab(tab, await draftOrder(buyer, offer));

		await unpledgeOffer(seller, offer.offerId);
		expect((await pledgeOf(listingId))?.until).toBeLessThanOrEqual((await market.client().now()) + 600);
		await market.advance(601);
		expect(await pledgeOf(listingId)).toBeNull();
		await buy(other, offer);
	});
});

test('behavior: of an account with many tabs, whose rows stay for ever, only those are looked at that are asked about', async () => {
	const buyer = await market.passkeyUser();
	const tabs: Tab[] = [];
	for (let i = 0; i < 3; i++) tabs.push(await openTab(buyer, { currency: terms.currency, amount: 1_000_000n }));
	const asked = tabs.slice(1).map(({ account, key, currency }) => ({ account, key: key.address.toLowerCase() as Address, currency }));
	const { tabs: found } = await takeSnapshot(market.db, { offerIds: [], tabs: asked, orderIds: [], units: [] });
	expect([...found.keys()].toSorted()).toEqual(asked.map(tabId).toSorted());
});

test('error: what governance has decided may be carried out by anybody: meanwhile the block is the answer, and no receipt becomes hollow', async () => {
	const listingId = await publishListing(seller, { shopId, terms: [terms], stocks: [50] });
	const offer = { offerId: offerIdOf(listingId, 0), terms };
	const buyer = await market.passkeyUser();
	await pledgeOffer(seller, offer.offerId, { seconds: 6 * 86_400 });
	const tab = await openTab(buyer, { currency: terms.currency, amount: 9_000_000n, seconds: 6 * 86_400 });
	const ask = async () => market.client().post<IntentAnswer>('/api/intents', await signIntent(tab, await draftOrder(buyer, offer)));
	const { parameters, timelock } = market.deployment.contracts;
	const governor = createOperator(market.chain, market.keys.operator.account);
	const change = { kind: 'fee', feeBps: 10, recipient: market.keys.operator.account.address } as const;
	await governor.send({ to: timelock, data: encodeSchedule({ change, parameters, note: 'hollow' }, 2n * 86_400n) });
	await market.processAll();
	const before = await ask();
	expect(before).toMatchObject({ receipt: {}, placed: null });
	await receiptKept(buyer.client, before.orderId);

	await market.advance(2 * 86_400);
	expect(await ask()).toMatchObject({ receipt: null, placed: {} });
	const [waiting] = (await market.reads.governance.rules()).scheduled;
	if (!waiting) throw new Error('nothing waits');
	await governor.send({ to: timelock, data: encodeExecute({ ...waiting.call, value: 0n }) });
	await market.processAll();
	// At the new rules, at once, whatever was known of the old ones.
	expect(await draftOrder(buyer, offer)).toMatchObject({ feeBps: 0 });
	await expect(ask()).rejects.toMatchObject({ code: 'OrderBook_WrongFee', details: { expected: '10' } });
});

test('every table of operators and pledges is rebuilt from the chain', expectReplay);
