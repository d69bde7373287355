import { catalogAbi } from '@kaishi/protocol/generated/catalog';
import { operatorsAbi } from '@kaishi/protocol/generated/operators';
import type { IntentAnswer, IntentRequest, OfferLeft, SignedReceipt } from '@kaishi/protocol/operator';
import { receiptDigest, receiptFromWire, soldOutDigest } from '@kaishi/protocol/operator';
import { type OfferTerms, type Order, orderToWire } from '@kaishi/protocol/order';
import { Refusal } from '@kaishi/protocol/platform/errors';
import { offerIdOf } from '@kaishi/protocol/shop';
import { tabSignature } from '@kaishi/protocol/tab';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { bytesToHex, encodeFunctionData, type Hex, hexToBytes, recoverAddress } from 'viem';
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { readContract } from '../../../server/src/platform/chain/read-contract.ts';
import {
	depositInto,
	draftOrder,
	openShop,
	openTab,
	openTestMarket,
	ordinaryContent,
	ordinaryTerms,
	publishListing,
	receiptKept,
	signIntent,
	type Tab,
	type TestMarket,
	type WalletUser,
} from '../index.ts';

let market: TestMarket;
let seller: WalletUser;
let shopId: bigint;
let terms: OfferTerms;
const buyers: { user: WalletUser; tab: Tab }[] = [];
const CROWD = 24;
/** What went wrong and was nobody's refusal. */
const failures: string[] = [];

beforeAll(async () => {
	market = await openTestMarket({ onError: (error) => failures.push(String(error)) });
	seller = await market.walletUser();
	shopId = await openShop(seller, { slug: 'hot-drop' });
	terms = await ordinaryTerms(seller, { unitPrice: 1_000_000n, shippingPrice: 0n });
	const bank = await market.passkeyUser();
	for (let i = 0; i < CROWD; i++) {
		const user = await market.walletUser();
		await depositInto(bank, terms.currency, 10_000_000n, user.address);
		buyers.push({ user, tab: await openTab(user, { currency: terms.currency, amount: 3_000_000n }) });
	}
});
afterAll(() => market?.close());

const buyerAt = (i: number) => {
	const buyer = buyers[i];
	if (!buyer) throw new RangeError(`no buyer ${i}`);
	return buyer;
};

/** A listing with so many pieces, kept for buyers of this market. */
async function pledged(stock: number, perAccount?: number, price = terms): Promise<bigint> {
	const listingId = await publishListing(seller, {
		shopId,
		terms: [price],
		stocks: [stock],
		content: { ...ordinaryContent, ...(perAccount === undefined ? {} : { perAccount }) },
	});
	const offerId = offerIdOf(listingId, 0);
	const { contracts, operator } = await market.info();
	const until = market.now() + 3600;
	await seller.execute([
		{ to: contracts.catalog, data: encodeFunctionData({ abi: catalogAbi, functionName: 'pledge', args: [offerId, operator?.id ?? 0, until] }) },
	]);
	return offerId;
}

const intentOf = async ({ user, tab }: { user: WalletUser; tab: Tab }, offerId: bigint, change: Partial<Order> = {}) =>
	signIntent(tab, await draftOrder(user, { offerId, terms }, change));
const send = (intent: IntentRequest) => market.client().post<IntentAnswer>('/api/intents', intent);
const codeOf = (error: unknown) => (error instanceof Refusal ? error.code : String(error));
const stockOnChain = async (offerId: bigint) =>
	(await readContract(market.chain, { address: market.deployment.contracts.catalog, abi: catalogAbi, functionName: 'offerOf', args: [offerId] }))[1];

const settled = (orderIds: readonly Hex[]) => Promise.all(orderIds.map((id) => receiptKept(market.client(), id)));

test('default: as many receipts as pieces, clear refusals for everybody else, and every receipt is honoured', async () => {
	const offerId = await pledged(7);
	const intents = await Promise.all(buyers.map((buyer) => intentOf(buyer, offerId)));
	const answers = await Promise.allSettled(intents.map(send));
	const receipts = answers.flatMap((answer) => (answer.status === 'fulfilled' && answer.value.receipt ? [answer.value.receipt] : []));
	expect(receipts).toHaveLength(7);
	expect(new Set(answers.flatMap((answer) => (answer.status === 'rejected' ? [codeOf(answer.reason)] : [])))).toEqual(new Set(['Catalog_SoldOut']));
	expect(receipts.map(({ receipt }) => Number(receipt.piece)).toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7]);
	expect(new Set(receipts.map(({ receipt }) => receipt.position)).size).toBe(7);
	const { contracts, chainId, operator } = await market.info();
	for (const { receipt, signature, signer } of receipts) {
		expect(signer).toBe(operator?.signer);
		expect(await recoverAddress({ hash: receiptDigest(receiptFromWire(receipt), chainId, contracts.operators), signature })).toBe(signer);
	}
	const notices = answers.flatMap((answer) => (answer.status === 'rejected' ? [(answer.reason as Refusal).details] : []));
	for (const { pieces, position, signature } of notices) {
		const said = { offerId, pieces: BigInt(pieces ?? 0), position: BigInt(position ?? 0) };
		expect(said.pieces).toBe(7n);
		expect(await recoverAddress({ hash: soldOutDigest(said, chainId, contracts.operators), signature: signature as Hex })).toBe(operator?.signer);
	}
	const views = await settled(receipts.map(({ receipt }) => receipt.orderId as Hex));
	expect(views.map(({ status }) => status)).toEqual(Array(7).fill('placed'));
	expect(await stockOnChain(offerId)).toBe(0);
	const head = (await market.chain.head()).number;
	for (const { receipt } of views) expect(BigInt(receipt.byBlock)).toBeGreaterThanOrEqual(head);
	expect(await market.client().get<OfferLeft>(`/api/offers/${offerId}/left`)).toMatchObject({ left: '0' });
});

test('behavior: the same intent again, at once and later, gets the same receipt', async () => {
	const offerId = await pledged(5);
	const intent = await intentOf(buyerAt(0), offerId);
	const [first, second] = await Promise.all([send(intent), send(intent)]);
	expect(second).toEqual(first);
	await settled([first.orderId]);
	expect(await send(intent)).toEqual(first);
	expect(await stockOnChain(offerId)).toBe(4);
});

test('error: an order that stands already, signed once more, is refused and keeps nobody from a receipt', async () => {
	const offerId = await pledged(5);
	const [cheat, honest] = [buyerAt(8), buyerAt(9)];
	const secret = generatePrivateKey();
	const tab = await openTab(cheat.user, { currency: terms.currency, amount: 3_000_000n, key: privateKeyToAccount(secret) });
	const order = await draftOrder(cheat.user, { offerId, terms });
	const { orderId } = await send(await signIntent(tab, order));
	await settled([orderId]);
	// Wallets sign the same thing the same way; the key's owner need not.
	const [recovery, ...rest] = secp256k1.sign(hexToBytes(orderId), hexToBytes(secret), { prehash: false, extraEntropy: true, format: 'recovered' });
	const signature = tabSignature(tab.key.address, `${bytesToHex(Uint8Array.from(rest))}${recovery === 0 ? '1b' : '1c'}`);
	const again = { order: orderToWire(order), signature };
	const [refused, receipt] = await Promise.allSettled([send(again), intentOf(honest, offerId).then(send)]);
	expect(refused).toMatchObject({ reason: { code: 'OrderBook_AlreadyPlaced' } });
	expect(receipt).toMatchObject({ value: { receipt: { receipt: { piece: '2' } } } });
});

test('behavior: a tab is not promised twice', async () => {
	const offerId = await pledged(50);
	const buyer = buyerAt(1);
	const tab = await openTab(buyer.user, { currency: terms.currency, amount: 2_500_000n });
	const answers = await Promise.allSettled((await Promise.all(Array.from({ length: 6 }, () => intentOf({ user: buyer.user, tab }, offerId)))).map(send));
	expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
	expect(answers.flatMap((answer) => (answer.status === 'rejected' ? [codeOf(answer.reason)] : []))).toEqual(Array(4).fill('Tabs_OverLimit'));
});

test('behavior: so many per account and no more, however they come', async () => {
	const offerId = await pledged(50, 2);
	const buyer = buyerAt(2);
	const answers = await Promise.allSettled((await Promise.all(Array.from({ length: 3 }, () => intentOf(buyer, offerId)))).map(send));
	expect(answers.flatMap((answer) => (answer.status === 'rejected' ? [codeOf(answer.reason)] : []))).toEqual(['Operator_LimitReached']);
	await settled(answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value.orderId] : [])));
	await expect(send(await intentOf(buyer, offerId))).rejects.toMatchObject({ code: 'Operator_LimitReached', details: { most: '2' } });
});

test('behavior: goods that anybody may take are answered once they stand on the chain', async () => {
	const offerId = offerIdOf(await publishListing(seller, { shopId, terms: [terms], stocks: [2] }), 0);
	const answers = await Promise.allSettled((await Promise.all([3, 4, 5].map((i) => intentOf(buyerAt(i), offerId)))).map(send));
	const placed = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []));
	expect(placed).toHaveLength(2);
	for (const answer of placed) expect(answer).toMatchObject({ receipt: null, placed: { created: { orderIds: [answer.orderId] } } });
	expect(await stockOnChain(offerId)).toBe(0);
});

test('error: wrong keys, other shops, other terms and late orders are refused and take nothing', async () => {
	const offerId = await pledged(10);
	const buyer = buyerAt(6);
	const order = await draftOrder(buyer.user, { offerId, terms });
	const refused = async (intent: IntentRequest) => codeOf(await send(intent).catch((error: unknown) => error));
	expect(await refused(await signIntent(buyer.tab, order, privateKeyToAccount(generatePrivateKey())))).toBe('OrderBook_InvalidSignature');
	expect(await refused(await signIntent(buyerAt(7).tab, order))).toBe('Tabs_NotOpen');
	const other = await openTab(buyer.user, { currency: terms.currency, amount: 1_000_000n, shopId: shopId + 1n });
	expect(await refused(await signIntent(other, order))).toBe('Tabs_OtherShop');
	const elsewhere = await openTab(buyer.user, { currency: terms.currency, amount: 1_000_000n, operatorId: await registerAnother() });
	expect(await refused(await signIntent(elsewhere, order))).toBe('Tabs_OtherOperator');
	const cheaper = { ...terms, unitPrice: 1n };
	expect(await refused(await signIntent(buyer.tab, { ...order, terms: cheaper }))).toBe('Catalog_TermsMismatch');
	expect(await refused(await signIntent(buyer.tab, { ...order, version: 2 }))).toBe('Catalog_TermsMismatch');
	expect(await refused(await signIntent(buyer.tab, { ...order, offerId: offerId + 1n }))).toBe('Catalog_TermsMismatch');
	expect(await refused(await signIntent(buyer.tab, { ...order, validBefore: BigInt(market.now() - 1) }))).toBe('OrderBook_Expired');
	expect(await refused(await signIntent(buyer.tab, { ...order, feeBps: 1 }))).toBe('OrderBook_WrongFee');
	expect(await refused(await signIntent(buyer.tab, { ...order, quantity: 0n }))).toBe('OrderBook_InvalidQuantity');
	expect(await refused(await signIntent(buyer.tab, { ...order, quantity: 11n }))).toBe('Catalog_SoldOut');
	expect(await refused({ ...(await signIntent(buyer.tab, order)), signature: `0x${'00'.repeat(65)}` })).toBe('Request_Invalid');
	expect(await stockOnChain(offerId)).toBe(10);
	expect(await market.client().get<OfferLeft>(`/api/offers/${offerId}/left`)).toMatchObject({ left: '10' });
	expect((await send(await signIntent(buyer.tab, order))).receipt?.receipt.piece).toBe('1');
});

/** Promises wait before the disk until `turn` is called; then the next `refusals` writes fail as if it were full. */
async function holdDisk(refusals: number) {
	await market.db.query('create sequence operator.writes');
	await market.db.query(`create function operator.wait_for_disk() returns trigger language plpgsql as $$ begin
		perform pg_advisory_xact_lock_shared(7);
		if nextval('operator.writes') <= ${refusals} then raise exception 'no room left' using errcode = '53100'; end if;
		return null;
	end $$`);
	await market.db.query('create trigger disk before insert on operator.promises for each statement execute function operator.wait_for_disk()');
	const turning = Promise.withResolvers<void>();
	const locked = Promise.withResolvers<void>();
	const holding = market.db.transaction(async (tx) => {
		await tx.query('select pg_advisory_xact_lock(7)');
		locked.resolve();
		await turning.promise;
	});
	await locked.promise;
	const waiting = `select pid from pg_stat_activity where datname = current_database() and wait_event = 'advisory' and query like 'insert into operator.promises%'`;
	return {
		/** Who is about to write, once anybody is. */
		writers: () =>
			vi.waitFor(async () => {
				const { rows } = await market.db.query<{ pid: number }>(waiting);
				expect(rows).not.toEqual([]);
				return rows.map(({ pid }) => pid);
			}),
		async turn() {
			turning.resolve();
			await holding;
		},
		async remove() {
			await market.db.query('drop function operator.wait_for_disk cascade');
			await market.db.query('drop sequence operator.writes');
		},
	};
}

/** So many buy so many pieces at once, more than are judged at once, while the disk is held. */
async function crowdAtDisk(refusals: number, meanwhile: (writers: readonly number[]) => Promise<unknown> = async () => undefined) {
	const price = { ...terms, unitPrice: 100n };
	const offerId = await pledged(PIECES, undefined, price);
	const intents = await Promise.all(buyers.slice(-15).flatMap((buyer) => Array.from({ length: 10 }, () => intentOf(buyer, offerId, { terms: price }))));
	const disk = await holdDisk(refusals);
	const answering = Promise.allSettled(intents.map(send));
	await meanwhile(await disk.writers());
	await disk.turn();
	const answers = await answering;
	await disk.remove();
	return { offerId, intents, answers };
}

const PIECES = 20;
const receiptsOf = (answers: readonly PromiseSettledResult<IntentAnswer>[]) =>
	answers.flatMap((answer) => (answer.status === 'fulfilled' && answer.value.receipt ? [answer.value.receipt] : []));
const refusalsOf = (answers: readonly PromiseSettledResult<IntentAnswer>[]) =>
	answers.flatMap((answer) => (answer.status === 'rejected' ? [codeOf(answer.reason)] : []));

/** All pieces are promised once, stand on the chain, and whoever asks again hears the same. */
async function expectSold(offerId: bigint, intents: readonly IntentRequest[], receipts: readonly SignedReceipt[]) {
	expect(receipts).toHaveLength(PIECES);
	expect(new Set(receipts.map(({ receipt }) => receipt.piece)).size).toBe(PIECES);
	await settled(receipts.map(({ receipt }) => receipt.orderId as Hex));
	expect(await stockOnChain(offerId)).toBe(0);
	const again = await Promise.allSettled(intents.map(send));
	const byId = (some: readonly SignedReceipt[]) => new Map(some.map((one) => [one.receipt.orderId, one]));
	expect(byId(receiptsOf(again))).toEqual(byId(receipts));
	expect(new Set(refusalsOf(again))).toEqual(new Set(['Catalog_SoldOut']));
}

test('error: promises that cannot be written down are nobody’s: no “sold out”, and the same intents are taken once the disk turns again', async () => {
	const { offerId, intents, answers } = await crowdAtDisk(Number.MAX_SAFE_INTEGER);
	expect(refusalsOf(answers)).toEqual(intents.map(() => 'Operator_Stopping'));
	expect(failures.splice(0).every((text) => text.includes('no room left'))).toBe(true);
	expect(await market.client().get<OfferLeft>(`/api/offers/${offerId}/left`)).toMatchObject({ left: String(PIECES) });
	await expectSold(offerId, intents, receiptsOf(await Promise.allSettled(intents.map(send))));
});

test('error: what one gathering had to give back is sold to whoever waited behind it', async () => {
	const { offerId, intents, answers } = await crowdAtDisk(1);
	expect(failures.splice(0)).toHaveLength(1);
	const sold = receiptsOf(answers);
	const unsure = intents.filter((_, i) => codeOf((answers[i] as PromiseRejectedResult).reason) === 'Operator_Stopping');
	// "Sold out" is true wherever it is heard.
	if (sold.length < PIECES) expect(sold.length + unsure.length).toBe(intents.length);
	await expectSold(offerId, intents, [...sold, ...receiptsOf(await Promise.allSettled(unsure.map(send)))]);
});

test('error: when the connections break that promises are written over, every piece is promised once all the same', async () => {
	const { offerId, intents, answers } = await crowdAtDisk(0, (writers) =>
		market.db.query('select pg_terminate_backend(pid) from unnest($1::int[]) pid', [writers]),
	);
	expect(new Set(refusalsOf(answers))).toEqual(new Set(['Catalog_SoldOut']));
	await expectSold(offerId, intents, receiptsOf(answers));
});

/** Registers one more operator, whose owner pays its own gas. */
async function registerAnother(): Promise<number> {
	const { contracts, chainId } = await market.info();
	const { account } = market.keys.arbitrator;
	const data = encodeFunctionData({ abi: operatorsAbi, functionName: 'register', args: [account.address] });
	const nonce = Number(await market.chain.request('eth_getTransactionCount', [account.address, 'latest']));
	const fees = { maxFeePerGas: 100_000_000_000n, maxPriorityFeePerGas: 0n };
	await market.chain.submit(await account.signTransaction({ type: 'eip1559', chainId, nonce, to: contracts.operators, data, gas: 300_000n, ...fees }));
	return readContract(market.chain, { address: contracts.operators, abi: operatorsAbi, functionName: 'operatorOf', args: [account.address] });
}
