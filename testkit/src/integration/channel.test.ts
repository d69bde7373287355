import { operatorsAbi } from '@kaishi/protocol/generated/operators';
import { orderBookAbi } from '@kaishi/protocol/generated/order-book';
import { tabsAbi } from '@kaishi/protocol/generated/tabs';
import type { OfferTerms } from '@kaishi/protocol/order';
import { offerIdOf, shopAccountOf } from '@kaishi/protocol/shop';
import {
	closeBook,
	emptyBook,
	goodsPurchase,
	payeesFromWire,
	type SignedTabState,
	type TabBook,
	type TabPurchaseView,
	tabStateDigest,
	tabStateFromWire,
	tabStateToWire,
	tipPurchase,
	withPurchase,
} from '@kaishi/protocol/tab';
import { type Address, encodeFunctionData, getAddress, type Hex } from 'viem';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readContract } from '../../../server/src/platform/chain/read-contract.ts';
import {
	closeTab,
	depositInto,
	openShop,
	openTab,
	openTestMarket,
	ordinaryContent,
	ordinaryTerms,
	type PasskeyUser,
	publishListing,
	randomSalt,
	TabBuyer,
	type TestMarket,
	type WalletUser,
} from '../index.ts';

const UNIT = 1_000_000n;
const HOUR = 3600;

let market: TestMarket;
let seller: PasskeyUser;
let buyer: WalletUser;
let friend: WalletUser;
let shopId: bigint;
let song: { offerId: bigint; terms: OfferTerms; listingId: bigint };
let currency: Address;

/** Digital, without end, nothing left for later. */
const atOnce = { unitPrice: 2n * UNIT, shippingPrice: 0n, shipBySeconds: 0, confirmBySeconds: HOUR, cancelSeconds: 0, returnSeconds: 0 };

beforeAll(async () => {
	market = await openTestMarket();
	[seller, buyer, friend] = await Promise.all([market.passkeyUser(), market.walletUser(), market.walletUser()]);
	const terms = await ordinaryTerms(seller, { ...atOnce, splits: [{ recipient: friend.address, bps: 1000 }] });
	currency = terms.currency;
	shopId = await openShop(seller, { slug: 'small-things' });
	const listingId = await publishListing(seller, { shopId, content: { ...ordinaryContent, kind: 'digital' }, terms: [terms], stocks: [null] });
	song = { offerId: offerIdOf(listingId, 0), terms, listingId };
	const file = await seller.client.fetch(`/api/listings/${listingId}/download?name=song.txt`, { method: 'PUT', body: 'la la la' });
	expect(file.status).toBe(201);
	// Wallets cannot send money along: it is in the market first.
	const donors = await Promise.all([market.passkeyUser(), market.passkeyUser(), market.passkeyUser()]);
	await Promise.all([seller, ...donors].map((one) => depositInto(one, currency, 450n * UNIT, buyer.address)));
	await buyer.signIn();
});
afterAll(() => market?.close());

const open = async (amount = 100n * UNIT, seconds = 2 * 86_400, wish: { shopId?: bigint } = {}) =>
	// Another browser than the account's own: nobody is signed in, the key is all it has.
	new TabBuyer({ ...(await openTab(buyer, { currency, amount, seconds, balance: amount, ...wish })), client: market.client() });
const balanceOf = (account: Address) =>
	readContract(market.chain, { address: market.deployment.contracts.orderBook, abi: orderBookAbi, functionName: 'balanceOf', args: [account, currency] });
const gained = async (accounts: Address[], work: () => Promise<unknown>) => {
	const before = await Promise.all(accounts.map(balanceOf));
	await work();
	return (await Promise.all(accounts.map(balanceOf))).map((now, i) => now - (before[i] ?? 0n));
};
const till = () => getAddress(shopAccountOf(shopId));
const tabs = () => market.deployment.contracts.tabs;
const idOf = (one: TabBuyer) => [one.tab.account, one.tab.key.address, currency] as const;
const claimOf = (one: TabBuyer) => readContract(market.chain, { address: tabs(), abi: tabsAbi, functionName: 'claimOf', args: idOf(one) });
const onChain = (one: TabBuyer) => readContract(market.chain, { address: tabs(), abi: tabsAbi, functionName: 'tabOf', args: idOf(one) });
const claim = (signed: SignedTabState, byOperator: boolean): Hex =>
	encodeFunctionData({
		abi: tabsAbi,
		functionName: 'claim',
		args: [tabStateFromWire(signed.state), byOperator, byOperator ? signed.keySignature : signed.operatorSignature],
	});
const finish = (one: TabBuyer, signed: SignedTabState): Hex =>
	encodeFunctionData({ abi: tabsAbi, functionName: 'finish', args: [...idOf(one), payeesFromWire(signed.payees)] });
const gasOf = async (transactionHash: Hex): Promise<bigint> =>
	BigInt((await market.chain.request<{ gasUsed: Hex }>('eth_getTransactionReceipt', [transactionHash])).gasUsed);
const purchasesOf = async (one: TabBuyer) =>
	(await buyer.client.get<TabPurchaseView[]>('/api/tabs/purchases?role=buyer')).filter(({ key }) => key === one.tab.key.address);

test('default: ten purchases on one tab, the goods at once, one settlement, the rest back at once', async () => {
	const one = await open();
	const ids: Hex[] = [];
	for (let i = 0; i < 5; i++) ids.push(await one.goods(song));
	for (let i = 0; i < 5; i++) ids.push(await one.tip(till(), UNIT, `谢谢 ${i}`));
	expect(one.book.state).toMatchObject({ version: 10n, spent: 15n * UNIT });
	expect(await (await buyer.client.fetch(`/api/tabs/purchases/${ids[0]}/download`)).text()).toBe('la la la');
	expect((await seller.client.fetch(`/api/tabs/purchases/${ids[0]}/download`)).status).toBe(403);
	expect(await seller.client.get<TabPurchaseView[]>(`/api/tabs/purchases?role=shop&shopId=${shopId}`)).toHaveLength(10);
	expect((await purchasesOf(one)).map(({ status }) => status)).toEqual(Array(10).fill('owed'));
	expect((await one.channel()).available).toBe((85n * UNIT).toString());

	const moved = await gained([till(), friend.address, buyer.address], () => one.settle());
	// Five songs of 2, a tenth of each the friend's, and five tips of 1 of which nobody takes a part.
	expect(moved).toEqual([14n * UNIT, UNIT, 85n * UNIT]);
	expect(await onChain(one)).toMatchObject([0n, expect.anything(), 0n, 0, 0]);
	await market.advance(2);
	expect((await purchasesOf(one)).map(({ status }) => status)).toEqual(Array(10).fill('paid'));
	// What is settled is settled: the same states are good for nothing.
	await expect(one.settle()).rejects.toMatchObject({ code: 'Tabs_NotOpen' });
	await expect(buyer.execute([{ to: tabs(), data: claim(one.last, false) }])).rejects.toMatchObject({ code: 'Tabs_NotOpen' });
});

test('behavior: ten purchases cost little gas each, setting the money aside and settling included', async () => {
	// Somebody else has a tab, too: the first one in a currency costs 17,100 more.
	await open();
	const one = await open();
	const opening = await gasOf((await market.reads.tab.tabsOf(buyer.address)).find(({ key }) => key === one.tab.key.address)?.proof.transactionHash ?? '0x');
	for (let i = 0; i < 10; i++) await one.tip(till(), UNIT);
	const settling = await gasOf((await one.settle()).transactionHash);
	expect((opening + settling) / 10n, `${opening} + ${settling}`).toBeLessThanOrEqual(15_000n);
});

test('behavior: the same purchase again gets the same answer; another state of the same version is not signed', async () => {
	const one = await open();
	const purchase = tipPurchase({ to: friend.address, amount: UNIT, note: '', salt: randomSalt() });
	const next = withPurchase(one.book, purchase);
	const body = await one.request(next, purchase);
	const [first, again] = await Promise.all([one.tab.client.post('/api/tabs/purchases', body), one.tab.client.post('/api/tabs/purchases', body)]);
	expect(again).toEqual(first);
	const other = tipPurchase({ to: friend.address, amount: 2n * UNIT, note: '', salt: randomSalt() });
	const rival = await one.request(withPurchase(one.book, other), other);
	await expect(one.tab.client.post('/api/tabs/purchases', rival)).rejects.toMatchObject({ code: 'Tab_OutOfStep', details: { epoch: '0', version: '1' } });
	one.keep(next, first as SignedTabState);
	// Two windows at once: one of them is told to look again, and nothing is bought twice.
	const rivals = [1n, 2n].map((n) => tipPurchase({ to: friend.address, amount: n * UNIT, note: '', salt: randomSalt() }));
	const bodies = await Promise.all(rivals.map((tip) => one.request(withPurchase(one.book, tip), tip)));
	const answers = await Promise.allSettled(bodies.map((each) => one.tab.client.post('/api/tabs/purchases', each)));
	expect(answers.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
	expect((await one.channel()).last?.state.version).toBe('2');
});

test('error: what is not for tabs, more than is left, wrong sums, another key, a tab that ends', async () => {
	const one = await open(5n * UNIT);
	const tip = (amount: bigint, to: Address = friend.address) => tipPurchase({ to, amount, note: '', salt: randomSalt() });
	await expect(one.buy(tip(6n * UNIT))).rejects.toMatchObject({ code: 'Tabs_OverLimit', details: { left: (5n * UNIT).toString() } });
	await expect(one.buy(tip(21n * UNIT))).rejects.toMatchObject({ code: 'Tab_NotForTabs' });
	await expect(one.buy({ ...tip(UNIT), payees: [{ account: buyer.address, amount: UNIT }] })).rejects.toMatchObject({ code: 'Tab_WrongAmount' });
	const fee = { bps: 0, recipient: friend.address };
	const cheap = goodsPurchase({ ...song, version: 1, quantity: 1n, fee, salt: randomSalt(), terms: { ...song.terms, unitPrice: 1n } });
	await expect(one.buy(cheap)).rejects.toMatchObject({ code: 'Catalog_TermsMismatch' });
	const unsplit = goodsPurchase({ ...song, version: 1, quantity: 1n, fee, salt: randomSalt() });
	await expect(one.buy({ ...unsplit, payees: [{ account: till(), amount: 2n * UNIT }] })).rejects.toMatchObject({ code: 'Tab_WrongAmount' });
	const stolen = tip(UNIT);
	const next = withPurchase(one.book, stolen);
	const body = { ...(await one.request(next, stolen)), keySignature: await (await open()).sign(next) };
	await expect(one.tab.client.post('/api/tabs/purchases', body)).rejects.toMatchObject({ code: 'Tabs_InvalidSignature' });

	const returnable = await ordinaryTerms(seller, { ...atOnce, returnSeconds: HOUR });
	const listingId = await publishListing(seller, { shopId, content: { ...ordinaryContent, kind: 'digital' }, terms: [returnable], stocks: [null] });
	await expect(one.goods({ offerId: offerIdOf(listingId, 0), terms: returnable })).rejects.toMatchObject({ code: 'Tab_NotForTabs' });

	const bound = await open(5n * UNIT, HOUR, { shopId });
	await expect(bound.buy(tip(UNIT))).rejects.toMatchObject({ code: 'Tabs_OtherShop' });
	// The contract pays one shop from a tab for one shop: what also pays others is bought by order.
	await expect(bound.goods(song)).rejects.toMatchObject({ code: 'Tab_NotForTabs' });
	await bound.tip(till(), UNIT);
	await closeTab(buyer, bound.tab);
	await expect(bound.tip(till(), UNIT)).rejects.toMatchObject({ code: 'Tab_Closing' });
});

test('behavior: a seller gives back, the key signs for it, and the buyer pays less', async () => {
	const one = await open();
	const [song1, song2] = [await one.goods(song), await one.goods(song)];
	await expect(buyer.client.post(`/api/tabs/purchases/${song1}/give-back`)).rejects.toMatchObject({ code: 'Shop_Unauthorized' });
	await seller.client.post(`/api/tabs/purchases/${song1}/give-back`);
	expect((await purchasesOf(one)).map(({ status }) => status)).toEqual(['owed', 'refunding']);
	expect((await buyer.client.fetch(`/api/tabs/purchases/${song1}/download`)).status).toBe(403);
	expect(await one.takeRefunds()).toBe(1);
	expect(one.book.state).toMatchObject({ version: 3n, spent: 2n * UNIT });
	expect((await one.channel()).available).toBe((98n * UNIT).toString());
	await one.settle();
	await market.advance(1);
	expect(new Map((await purchasesOf(one)).map(({ id, status }) => [id, status]))).toEqual(
		new Map([
			[song2, 'paid'],
			[song1, 'refunded'],
		]),
	);
	await expect(seller.client.post(`/api/tabs/purchases/${song2}/give-back`)).rejects.toMatchObject({ code: 'Tab_AlreadyPaidOut' });
});

test('behavior: the browser stays away: the operator claims after a day, pays an hour later, and the tab goes on', async () => {
	const friend = await market.walletUser();
	const [one, two] = [await open(100n * UNIT, 5 * 86_400), await open(100n * UNIT, 5 * 86_400)];
	await one.tip(friend.address, UNIT);
	await two.tip(friend.address, 2n * UNIT);
	await market.advance(86_400);
	for (const tab of [one, two]) expect(await claimOf(tab)).toMatchObject([1n, expect.anything(), true, expect.anything()]);
	await expect(one.tip(friend.address, UNIT)).rejects.toMatchObject({ code: 'Tabs_Claimed' });
	expect(await one.channel()).toMatchObject({ open: false, payableFrom: expect.any(Number), available: '0' });
	expect(await gained([friend.address], () => market.advance(HOUR + 1))).toEqual([3n * UNIT]);
	await market.advance(1);
	const { epoch, last, available } = await one.channel();
	expect([epoch, last, available]).toEqual([1, null, (99n * UNIT).toString()]);
	const next = new TabBuyer(one.tab, 1);
	await next.tip(friend.address, 3n * UNIT);
	// Also what nobody waits for: a tab that is claimed can still be ended by both.
	expect(await gained([friend.address, buyer.address], () => next.settle())).toEqual([3n * UNIT, 96n * UNIT]);
});

test('behavior: the account wants its money back and the browser is gone: what was bought is paid first', async () => {
	const friend = await market.walletUser();
	const one = await open();
	await one.tip(friend.address, 4n * UNIT);
	await closeTab(buyer, one.tab);
	await market.advance(1);
	expect(await claimOf(one)).toMatchObject([1n, 4n * UNIT, true, expect.anything()]);
	const moved = await gained([friend.address, buyer.address], async () => {
		await market.advance(HOUR + 1);
		await market.advance(1);
	});
	expect(moved).toEqual([4n * UNIT, 96n * UNIT]);
});

test('behavior: the operator is silent: the buyer claims alone with the last signatures, and everybody has what is theirs', async () => {
	const friend = await market.walletUser();
	const one = await open(100n * UNIT, 5 * 86_400);
	await one.tip(friend.address, 4n * UNIT);
	const moved = await gained([friend.address, buyer.address], async () => {
		await buyer.execute([{ to: tabs(), data: claim(one.last, false) }]);
		// The account asks for what is left; the operator's server does its part, or anybody does.
		await closeTab(buyer, one.tab);
		await market.chain.advance(HOUR + 1);
		await buyer.execute([{ to: tabs(), data: finish(one, one.last) }]);
		await market.advance(1);
	});
	expect(moved).toEqual([4n * UNIT, 96n * UNIT]);
});

test('error: a buyer claims an old state: the operator brings the newest', async () => {
	const friend = await market.walletUser();
	const one = await open(100n * UNIT, 5 * 86_400);
	await one.tip(friend.address, UNIT);
	const old = one.last;
	await one.tip(friend.address, 8n * UNIT);
	await buyer.execute([{ to: tabs(), data: claim(old, false) }]);
	await market.processAll();
	await market.advance(1);
	expect(await claimOf(one)).toMatchObject([2n, 9n * UNIT, true, expect.anything()]);
	expect(await gained([friend.address], () => market.advance(HOUR + 1))).toEqual([9n * UNIT]);
});

test('error: a dishonest operator claims an old state: the buyer shows the newer one and is paid from the bond', async () => {
	const one = await open(100n * UNIT, 5 * 86_400);
	const dear = await one.goods(song);
	const old = one.last;
	await seller.client.post(`/api/tabs/purchases/${dear}/give-back`);
	await one.takeRefunds();
	await one.tip(till(), UNIT);
	// As whoever holds the operator's key would: past the server's own rules.
	await market.relayer.poke(tabs(), claim(old, true));
	const state = tabStateFromWire(one.last.state);
	const challenge = encodeFunctionData({ abi: tabsAbi, functionName: 'challenge', args: [state, one.last.operatorSignature] });
	const bond = () =>
		readContract(market.chain, {
			address: market.deployment.contracts.operators,
			abi: operatorsAbi,
			functionName: 'bondOf',
			args: [market.deployment.operator?.id ?? 0, currency],
		});
	const before = await bond();
	const [compensation] = await gained([buyer.address], () => buyer.execute([{ to: tabs(), data: challenge }]));
	expect(compensation).toBe(UNIT);
	expect(before - (await bond())).toBe(2n * UNIT);
	expect(await gained([till()], () => market.advance(HOUR + 1))).toEqual([UNIT]);
});

test('error: an operator that signs two states of one version loses its bond', async () => {
	const one = await open();
	await one.tip(friend.address, UNIT);
	const book: TabBook = emptyBook({ account: one.tab.account, key: one.tab.key.address, token: currency }, 0);
	const rival = withPurchase(book, tipPurchase({ to: till(), amount: 5n * UNIT, note: '', salt: randomSalt() }));
	const { chainId, contracts, operator } = market.deployment;
	const signature = await market.keys.operator.account.sign({ hash: tabStateDigest(rival.state, chainId, contracts.tabs) });
	const data = encodeFunctionData({
		abi: operatorsAbi,
		functionName: 'claimConflictingTabStates',
		args: [operator?.id ?? 0, tabStateFromWire(one.last.state), one.last.operatorSignature, rival.state, signature],
	});
	// Anyone may show it, and whoever does, the buyer is paid.
	expect(await gained([buyer.address], () => market.relayer.poke(contracts.operators, data))).toEqual([5n * UNIT]);
	await expect(market.relayer.poke(contracts.operators, data)).rejects.toMatchObject({ code: 'Operators_AlreadyClaimed' });
});

test('behavior: the tables come out the same when they are built again', async () => {
	const one = await open();
	await one.settle();
	await market.processAll();
	const before = await market.fingerprints();
	await market.reindex();
	expect(await market.fingerprints()).toEqual(before);
	expect(closeBook(emptyBook(one.book.state, 0)).state.spent).toBe(0n);
	expect(tabStateToWire(one.book.state).spent).toBe('0');
});
