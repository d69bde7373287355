import { catalogAbi } from '@kaishi/protocol/generated/catalog';
import { operatorsAbi } from '@kaishi/protocol/generated/operators';
import { orderBookAbi } from '@kaishi/protocol/generated/order-book';
import { parametersAbi } from '@kaishi/protocol/generated/parameters';
import { tabsAbi } from '@kaishi/protocol/generated/tabs';
import {
	claimDroppedCall,
	type IntentAnswer,
	type Receipt,
	receiptDigest,
	receiptFromWire,
	receiptToWire,
	type SignedReceipt,
} from '@kaishi/protocol/operator';
import { type OfferTerms, type Order, orderIdOf } from '@kaishi/protocol/order';
import { offerIdOf, shopAccountOf } from '@kaishi/protocol/shop';
import { type Address, encodeFunctionData, getAddress, type Hex } from 'viem';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readContract } from '../../../server/src/platform/chain/read-contract.ts';
import {
	depositInto,
	draftOrder,
	openShop,
	openTab,
	openTestMarket,
	ordinaryTerms,
	publishListing,
	receiptKept,
	signIntent,
	type Tab,
	type TestMarket,
	type WalletUser,
} from '../index.ts';

const TOTAL = 1_000_000n;

let market: TestMarket;
let seller: WalletUser;
let buyers: { user: WalletUser; tab: Tab }[];
let shopId: bigint;
let terms: OfferTerms;
let treasury: Address;

beforeAll(async () => {
	market = await openTestMarket();
	const bank = await market.passkeyUser();
	seller = await market.walletUser();
	shopId = await openShop(seller, { slug: 'promised' });
	terms = await ordinaryTerms(seller, { unitPrice: TOTAL, shippingPrice: 0n });
	buyers = [];
	for (let i = 0; i < 2; i++) {
		const user = await market.walletUser();
		await depositInto(bank, terms.currency, 10n * TOTAL, user.address);
		buyers.push({ user, tab: await openTab(user, { currency: terms.currency, amount: 3n * TOTAL }) });
	}
	treasury = (await readContract(market.chain, { address: market.deployment.contracts.parameters, abi: parametersAbi, functionName: 'fee', args: [] }))[1];
});
afterAll(() => market?.close());

const buyerAt = (i: number) => {
	const buyer = buyers[i];
	if (!buyer) throw new RangeError(`no buyer ${i}`);
	return buyer;
};
const operatorId = () => market.deployment.operator?.id ?? 0;
const send = async (buyer: { tab: Tab }, order: Order) => market.client().post<IntentAnswer>('/api/intents', await signIntent(buyer.tab, order));

/** Goods that are kept for buyers of this market. */
async function pledged(stock: number): Promise<bigint> {
	const offerId = offerIdOf(await publishListing(seller, { shopId, terms: [terms], stocks: [stock] }), 0);
	const args = [offerId, operatorId(), market.now() + 3600] as const;
	await seller.execute([{ to: market.deployment.contracts.catalog, data: encodeFunctionData({ abi: catalogAbi, functionName: 'pledge', args }) }]);
	return offerId;
}

/** Signed with the operator's own key, past its server: nothing stands behind it. */
async function hollow(order: Order, change: Partial<Receipt>): Promise<SignedReceipt> {
	const { chainId, contracts } = market.deployment;
	const [orderId, byBlock] = [orderIdOf(order, chainId, contracts.orderBook), (await market.chain.head()).number + 1n];
	const base = { orderId, buyer: order.buyer, token: terms.currency, total: TOTAL, offerId: order.offerId, quantity: 1n, byBlock };
	const receipt: Receipt = { piece: 1n, position: 1_000_000n, ...base, ...change };
	const { account } = market.keys.operator;
	const signature = await account.sign({ hash: receiptDigest(receipt, chainId, contracts.operators) });
	return { operatorId: operatorId(), signer: account.address, receipt: receiptToWire(receipt), signature };
}

/** Balances of both buyers, the shop and the treasury, what is set aside of both tabs, and the bond. */
async function money(): Promise<bigint[]> {
	const { orderBook, operators, tabs } = market.deployment.contracts;
	const balance = (account: Address) =>
		readContract(market.chain, { address: orderBook, abi: orderBookAbi, functionName: 'balanceOf', args: [account, terms.currency] });
	const left = async ({ tab }: { tab: Tab }) =>
		(await readContract(market.chain, { address: tabs, abi: tabsAbi, functionName: 'tabOf', args: [tab.account, tab.key.address, terms.currency] }))[0];
	const bond = readContract(market.chain, { address: operators, abi: operatorsAbi, functionName: 'bondOf', args: [operatorId(), terms.currency] });
	const people = [...buyers.map(({ user }) => user.address), getAddress(shopAccountOf(shopId)), treasury];
	return Promise.all([...people.map(balance), ...buyers.map(left), bond]);
}

const moved = async (work: () => Promise<unknown>) => {
	const before = await money();
	await work();
	return (await money()).map((now, i) => now - (before[i] ?? 0n));
};

/** As a stranger's browser shows it. */
const claimDropped = async (receipt: SignedReceipt) => (await market.walletUser()).execute([claimDroppedCall(market.deployment.contracts, receipt)]);
const claimConflicting = (a: SignedReceipt, b: SignedReceipt): Hex =>
	encodeFunctionData({
		abi: operatorsAbi,
		functionName: 'claimConflicting',
		args: [operatorId(), receiptFromWire(a.receipt), a.signature, receiptFromWire(b.receipt), b.signature],
	});

test('error: a dropped receipt is shown by anybody, and the bond pays the buyer and the treasury, once', async () => {
	const order = await draftOrder(buyerAt(0).user, { offerId: await pledged(5), terms });
	const early = await hollow(order, { byBlock: (await market.chain.head()).number + 1000n });
	await expect(claimDropped(early)).rejects.toMatchObject({ code: 'Operators_NotDropped' });
	const receipt = await hollow(order, {});
	await market.chain.advance(1);
	expect(await moved(() => claimDropped(receipt))).toEqual([TOTAL, 0n, 0n, TOTAL, 0n, 0n, -2n * TOTAL]);
	expect(await moved(() => claimDropped(receipt).catch(() => null))).toEqual(Array(7).fill(0n));
	await expect(claimDropped(receipt)).rejects.toMatchObject({ code: 'Operators_AlreadyClaimed' });
	const forged = { ...receipt, receipt: { ...receipt.receipt, total: (5n * TOTAL).toString() } };
	await expect(claimDropped(forged)).rejects.toMatchObject({ code: 'Operators_InvalidSignature' });
});

test('error: the last piece promised twice: one buyer has it, both are paid, and the sale stands', async () => {
	const offerId = await pledged(1);
	const { receipt: honest, orderId } = await send(buyerAt(0), await draftOrder(buyerAt(0).user, { offerId, terms }));
	if (honest === null) throw new Error('no receipt');
	await receiptKept(market.client(), orderId);
	const order = await draftOrder(buyerAt(1).user, { offerId, terms });
	await expect(send(buyerAt(1), order)).rejects.toMatchObject({ code: 'Catalog_SoldOut' });
	const twice = await hollow(order, { piece: 1n });
	const caught = await moved(() => market.relayer.poke(market.deployment.contracts.operators, claimConflicting(honest, twice)));
	expect(caught).toEqual([TOTAL, TOTAL, 0n, 2n * TOTAL, 0n, 0n, -4n * TOTAL]);
	await market.chain.advance(1);
	await expect(claimDropped(twice)).rejects.toMatchObject({ code: 'Operators_AlreadyClaimed' });
	expect(await market.client().get(`/api/receipts/${orderId}`)).toMatchObject({ status: 'placed' });
});

test('behavior: what an honest operator signs is no proof of anything', async () => {
	const offerId = await pledged(5);
	const receipts: SignedReceipt[] = [];
	for (let i = 0; i < 2; i++) {
		const { receipt, orderId } = await send(buyerAt(i), await draftOrder(buyerAt(i).user, { offerId, terms }));
		if (receipt === null) throw new Error('no receipt');
		await receiptKept(market.client(), orderId);
		receipts.push(receipt);
	}
	const [first, second] = receipts as [SignedReceipt, SignedReceipt];
	await market.chain.advance(1);
	for (const receipt of receipts) await expect(claimDropped(receipt)).rejects.toMatchObject({ code: 'Operators_NotDropped' });
	const poked = market.relayer.poke(market.deployment.contracts.operators, claimConflicting(first, second));
	await expect(poked).rejects.toMatchObject({ code: 'Operators_NoConflict' });
});
