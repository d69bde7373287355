import { orderBookAbi } from '@kaishi/protocol/generated/order-book';
import { tabsAbi } from '@kaishi/protocol/generated/tabs';
import { settle } from '@kaishi/protocol/order';
import { offerIdOf } from '@kaishi/protocol/shop';
import { openTabCalls, payeesHash, TAB_CLOSING_SECONDS, type TabState, tabStateDigest } from '@kaishi/protocol/tab';
import { type Address, encodeFunctionData, keccak256, stringToHex, zeroAddress, zeroHash } from 'viem';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { readContract } from '../../../server/src/platform/chain/read-contract.ts';
import {
	type Actor,
	closeTab,
	depositInto,
	draftOrder,
	freshTabKey,
	openShop,
	openTab,
	openTestMarket,
	ordinaryTerms,
	type PasskeyUser,
	placeFromTab,
	publishListing,
	refund,
	releaseTab,
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

const tabs = () => market.deployment.contracts.tabs;
const tabsOf = (actor: Actor) => market.reads.tab.tabsOf(actor.address);
const onChain = (account: Address, token = currency) =>
	readContract(market.chain, { address: market.deployment.contracts.orderBook, abi: orderBookAbi, functionName: 'balanceOf', args: [account, token] });
async function inTables(account: Address, token = currency): Promise<bigint> {
	const held = (await market.reads.order.balancesOf(account)).find((money) => money.currency === token);
	return BigInt(held?.amount ?? 0);
}

/** What the tables say of everybody's money is what the vault holds; ledgers add up to balances; the contract holds what tabs say is left. */
afterEach(async () => {
	await market.processAll();
	for (const token of [currency, zeroAddress] as const) {
		for (const account of [seller.address, passkey.address, wallet.address, tabs()]) expect(await inTables(account, token)).toBe(await onChain(account, token));
	}
	const sums = 'select account, currency, sum(amount) as amount from "order".ledger group by 1, 2';
	const { rows: off } = await market.db.query(`select * from (${sums}) l full join "order".balances b using (account, currency)
		where coalesce(l.amount, 0) <> coalesce(b.amount, 0)`);
	expect(off).toEqual([]);
	const { rows } = await market.db.query<{ remaining: string }>('select coalesce(sum(remaining + claimed), 0) as remaining from tab.tabs where currency = $1', [
		currency,
	]);
	expect(BigInt(rows[0]?.remaining ?? -1)).toBe(await onChain(tabs()));
});

test('default: one gesture sets money aside, and its key buys with it until it is used up, in its shop', async () => {
	const tab = await openTab(passkey, { currency, amount: 5_000_000n, shopId });
	expect(await tabsOf(passkey)).toMatchObject([
		{ key: tab.key.address, limit: { currency, amount: '5000000' }, left: { amount: '5000000' }, shopId: shopId.toString(), closing: false },
	]);
	expect(await inTables(passkey.address)).toBe(0n);
	const orders = await Promise.all([draftOrder(passkey, offer), draftOrder(passkey, offer), draftOrder(passkey, offer)]);
	for (const order of orders.slice(0, 2)) {
		const orderId = await placeFromTab(tab, order);
		expect((await market.reads.order.order(orderId, passkey.address))?.buyer).toBe(passkey.address);
	}
	const [first, , last] = orders as [(typeof orders)[0], unknown, (typeof orders)[0]];
	expect((await tabsOf(passkey))[0]?.left.amount).toBe((5_000_000n - 2n * settle(first).total).toString());
	await expect(placeFromTab(tab, last)).rejects.toMatchObject({ code: 'Tabs_OverLimit' });

	// What comes back from an order comes into the balance, not into the tab.
	await refund(seller, first);
	expect(await inTables(passkey.address)).toBe(2_000_000n);
	expect((await tabsOf(passkey))[0]?.left.amount).toBe('1000000');

	// More may be put in, out of what is in the market, and then it covers the order.
	const wish = { account: passkey.address, key: tab.key.address, currency, shopId: tab.shopId, operatorId: tab.operatorId };
	const more = { ...wish, amount: 1_500_000n, validUntil: tab.validUntil + 60, balance: 2_000_000n };
	await passkey.execute(openTabCalls(market.deployment.contracts, more));
	expect((await tabsOf(passkey))[0]).toMatchObject({ limit: { amount: '6500000' }, left: { amount: '2500000' }, validUntil: tab.validUntil + 60 });
	await placeFromTab(tab, last);
	const entries = (await market.reads.order.ledgerOf(passkey.address)).items.map(({ kind, amount }) => `${kind} ${amount}`);
	expect(entries.slice(0, 3).sort()).toEqual(['payment -2000000', 'setAside -1500000', 'tabSpent 2000000']);
	await closeTab(passkey, tab);
	await market.advance(TAB_CLOSING_SECONDS + 1);
	expect(await tabsOf(passkey)).toEqual([]);
});

test('error: another key, a thief with only the address, a closed tab whose time is over: nothing is spent', async () => {
	const tab = await openTab(passkey, { currency, amount: 4_000_000n, balance: await inTables(passkey.address) });
	const order = await draftOrder(passkey, offer);
	await expect(placeFromTab(tab, order, freshTabKey())).rejects.toMatchObject({ code: 'OrderBook_InvalidSignature' });
	await expect(placeFromTab({ ...tab, key: freshTabKey() }, order)).rejects.toMatchObject({ code: 'Tabs_NotOpen' });
	await expect(releaseTab(wallet, tab)).rejects.toMatchObject({ code: 'Tabs_StillOpen' });
	await closeTab(passkey, tab);
	const { validUntil = 0 } = (await tabsOf(passkey))[0] ?? {};
	expect(validUntil - market.now()).toBeLessThanOrEqual(TAB_CLOSING_SECONDS);
	// What was promised may still be paid for ten minutes.
	await placeFromTab(tab, order);
	expect(await inTables(passkey.address)).toBe(0n);

	// The keeper gives back what is left; nobody has to ask for it. The key has served.
	await market.advance(TAB_CLOSING_SECONDS + 1);
	expect(await inTables(passkey.address)).toBe(2_000_000n);
	expect(await tabsOf(passkey)).toEqual([]);
	await expect(placeFromTab(tab, await draftOrder(passkey, offer))).rejects.toMatchObject({ code: 'Tabs_NotOpen' });
	await expect(openTab(passkey, { currency, amount: 1n, key: tab.key, balance: 1n })).rejects.toMatchObject({ code: 'Tabs_KeyUsed' });
});

test('behavior: wallets open them too, out of what they have in the market; another shop is refused; it ends by itself', async () => {
	await depositInto(seller, currency, 4_000_000n, wallet.address);
	const tab = await openTab(wallet, { currency, amount: 4_000_000n, shopId: shopId + 1n, seconds: 900 });
	await expect(placeFromTab(tab, await draftOrder(wallet, offer))).rejects.toMatchObject({ code: 'Tabs_OtherShop' });
	await market.advance(901);
	expect(await inTables(wallet.address)).toBe(4_000_000n);
});

test('error: money that the market does not list is not set aside at its cost: such a token could fail with all that travels beside it', async () => {
	const token = wallet.address;
	await expect(openTab(wallet, { currency: token, amount: 1n })).rejects.toMatchObject({ code: 'OrderBook_CurrencyNotAllowed' });
});

test('behavior: what ends at midnight is given back in a few transactions, whatever cannot be', async () => {
	await depositInto(seller, currency, 50n, passkey.address);
	const before = await inTables(passkey.address);
	const { contracts, operator } = market.deployment;
	const wish = { account: passkey.address, currency, amount: 1n, shopId: null, operatorId: operator?.id ?? 0, validUntil: market.now() + 300, balance: before };
	await passkey.execute(Array.from({ length: 45 }, () => openTabCalls(contracts, { ...wish, key: freshTabKey().address })).flat());
	expect(await inTables(passkey.address)).toBe(before - 45n);
	// A row that the chain knows nothing of stands in the way of nobody.
	await market.db.query(
		`insert into tab.tabs select account, '${seller.address}' as key, currency, 1, 1, null, operator_id, valid_until, false, 0, 0, null, null,
		block_number, block_hash, transaction_hash, log_index, at, contract, event from tab.tabs where account = $1 and remaining = 1 limit 1`,
		[passkey.address],
	);
	const [first] = [(await market.chain.head()).number];
	await market.advance(301);
	expect((await market.chain.head()).number - first).toBeLessThan(10n);
	expect(await inTables(passkey.address)).toBe(before);
	await market.db.query('delete from tab.tabs where key = $1', [seller.address]);
});

test('behavior: native coin is set aside like any other money', async () => {
	const tab = await openTab(passkey, { currency: zeroAddress, amount: 10n ** 9n });
	expect(await inTables(tabs(), zeroAddress)).toBe(10n ** 9n);
	await closeTab(passkey, tab);
	await market.advance(TAB_CLOSING_SECONDS + 1);
	expect(await inTables(passkey.address, zeroAddress)).toBe(10n ** 9n);
});

test('behavior: what both sides signed is settled, and the tables follow', async () => {
	const balance = await inTables(passkey.address);
	const tab = await openTab(passkey, { currency, amount: 3_000_000n, balance });
	const payees = [
		{ account: seller.address, amount: 700_000n },
		{ account: wallet.address, amount: 300_000n },
	];
	const state = (change: Partial<TabState> = {}): TabState => ({
		...{ account: tab.account, key: tab.key.address, token: currency, epoch: 0, version: 3n, spent: 1_000_000n },
		...{ payees: payeesHash(payees), purchases: keccak256(stringToHex('three cups of tea')), closing: true },
		...change,
	});
	const { chainId } = market.deployment;
	for (const one of [state(), state({ purchases: zeroHash, version: (1n << 64n) - 1n, epoch: 77, closing: false })])
		expect(await readContract(market.chain, { address: tabs(), abi: tabsAbi, functionName: 'digestOf', args: [one] })).toBe(
			tabStateDigest(one, chainId, tabs()),
		);
	const hash = tabStateDigest(state(), chainId, tabs());
	const signatures = [await tab.key.sign({ hash }), await market.keys.operator.account.sign({ hash })] as const;
	await wallet.execute([{ to: tabs(), data: encodeFunctionData({ abi: tabsAbi, functionName: 'settle', args: [state(), payees, ...signatures] }) }]);
	expect(await inTables(passkey.address)).toBe(balance > 3_000_000n ? balance - 1_000_000n : 2_000_000n);
	expect(await tabsOf(passkey)).toEqual([]);
});

test('behavior: the tables come out the same when they are built again', async () => {
	const before = await market.fingerprints();
	await market.reindex();
	expect(await market.fingerprints()).toEqual(before);
});
