import { tabsAbi } from '@kaishi/protocol/generated/tabs';
import type { IntentAnswer } from '@kaishi/protocol/operator';
import type { OfferTerms } from '@kaishi/protocol/order';
import { offerIdOf, shopAccountOf } from '@kaishi/protocol/shop';
import { payeesFromWire, type SignedTabState, tabStateFromWire } from '@kaishi/protocol/tab';
import { type Address, encodeFunctionData, getAddress, type Hex } from 'viem';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
	depositInto,
	draftOrder,
	openShop,
	openTab,
	openTestMarket,
	ordinaryTerms,
	type PasskeyUser,
	pledgeOffer,
	publishListing,
	receiptKept,
	signIntent,
	TabBuyer,
	type TestMarket,
	type WalletUser,
} from '../index.ts';

// A receipt counts on what a tab has left. The account may bring any state that the operator signed to the chain, in the very block
// before the order's: whatever it takes must not be promised to orders.

const UNIT = 1_000_000n;
const HOUR = 3600;

let market: TestMarket;
let seller: PasskeyUser;
let buyer: WalletUser;
let till: Address;
let terms: OfferTerms;
let offerId: bigint;

beforeAll(async () => {
	market = await openTestMarket();
	[seller, buyer] = await Promise.all([market.passkeyUser(), market.walletUser()]);
	terms = await ordinaryTerms(seller, { unitPrice: UNIT, shippingPrice: 0n });
	const shopId = await openShop(seller, { slug: 'both-books' });
	till = getAddress(shopAccountOf(shopId));
	offerId = offerIdOf(await publishListing(seller, { shopId, terms: [terms], stocks: [1000] }), 0);
	await pledgeOffer(seller, offerId, { seconds: 6 * 86_400 });
	await depositInto(seller, terms.currency, 400n * UNIT, buyer.address);
});
afterAll(() => market?.close());

const open = async () =>
	new TabBuyer({ ...(await openTab(buyer, { currency: terms.currency, amount: 100n * UNIT, seconds: 5 * 86_400 })), client: market.client() });
/** So many pieces by an order that is promised. */
const order = async ({ tab }: TabBuyer, quantity: bigint) =>
	market.client().post<IntentAnswer>('/api/intents', await signIntent(tab, await draftOrder(buyer, { offerId, terms, quantity })));
/** The account brings a state alone, or pays what it has brought. */
const onTabs = (data: Hex) => buyer.execute([{ to: market.deployment.contracts.tabs, data }]);
const claim = ({ state, operatorSignature }: SignedTabState) =>
	onTabs(encodeFunctionData({ abi: tabsAbi, functionName: 'claim', args: [tabStateFromWire(state), false, operatorSignature] }));
const finish = ({ tab }: TabBuyer, { payees }: SignedTabState) =>
	onTabs(encodeFunctionData({ abi: tabsAbi, functionName: 'finish', args: [tab.account, tab.key.address, terms.currency, payeesFromWire(payees)] }));
const overLimit = (left: bigint) => ({ code: 'Tabs_OverLimit', details: { left: (left * UNIT).toString() } });

test('error: a state from before a refund can still be brought: what it takes is promised to no order', async () => {
	const one = await open();
	const id = await one.tip(till, 10n * UNIT);
	const old = one.last;
	await seller.client.post(`/api/tabs/purchases/${id}/give-back`);
	expect(await one.takeRefunds()).toBe(1);
	await expect(order(one, 91n)).rejects.toMatchObject(overLimit(90n));
	// On the tab itself it is free again.
	expect((await one.channel()).available).toBe((100n * UNIT).toString());
	const [{ orderId, receipt }] = await Promise.all([order(one, 90n), claim(old)]);
	expect(receipt).not.toBeNull();
	expect(await receiptKept(market.client(), orderId)).toMatchObject({ status: 'placed' });
});

test('error: what is bought after a settlement stays promised when the server notices that settlement', async () => {
	const one = await open();
	await one.tip(till, UNIT);
	await claim(one.last);
	await market.chain.advance(HOUR + 1);
	await finish(one, one.last);
	const next = new TabBuyer(one.tab, 1);
	await next.tip(till, 9n * UNIT);
	await market.advance(1);
	await expect(order(next, 91n)).rejects.toMatchObject(overLimit(90n));
	const [{ orderId }] = await Promise.all([order(next, 90n), claim(next.last)]);
	expect(await receiptKept(market.client(), orderId)).toMatchObject({ status: 'placed' });
});
