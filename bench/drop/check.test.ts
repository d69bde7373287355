import { type Receipt, receiptDigest, receiptToWire } from '@kaishi/protocol/operator';
import { orderStates, settle } from '@kaishi/protocol/order';
import { type Address, zeroAddress } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { beforeAll, expect, test } from 'vitest';
import { keyOf, makeBuyers } from '../world/buyers.ts';
import { forgeIntent, type Intent, signIntent } from '../world/intents.ts';
import type { Offer } from '../world/offers.ts';
import type { Answer } from './answers.ts';
import type { ChainTruth, PlacedOnChain } from './chain-truth.ts';
import { checkRace, type Race } from './check.ts';

const CHAIN_ID = 31_337;
const [operators, orderBook, currency] = ['aa', 'bb', 'cc'].map((byte) => `0x${byte.repeat(20)}`) as [Address, Address, Address];
const operatorKey = keyOf('operator');
const offer: Offer = {
	shopId: 7n,
	listingId: 7n << 32n,
	offerId: 7n << 48n,
	stock: 2,
	terms: {
		...{ currency, unitPrice: 100n, shippingPrice: 0n, returnShippingPrice: 0n, shipDate: 0, shipBySeconds: 1, confirmBySeconds: 1, cancelSeconds: 1 },
		...{ returnSeconds: 0, warrantySeconds: 0, restockingBps: 0, warrantyBps: 0, affiliateBps: 0, remedies: 0, arbitrator: zeroAddress, splits: [] },
	},
};
const buyers = makeBuyers(3, 'check');
const info = { chainId: CHAIN_ID, feeBps: 0, contracts: { orderBook } } as never;
const terms = { door: 'intents', info, validBefore: 2_000_000_000 } as const;
const own = buyers.map((buyer) => signIntent(terms, buyer, offer, 'order'));
const [first, second, third] = own as [Intent, Intent, Intent];
const forged = forgeIntent(terms, buyers[0]!, offer, 'order', '10.9.9.9');

async function promise({ orderId, order, total }: Intent, change: Partial<Receipt> = {}, signer = operatorKey): Promise<Answer> {
	const receipt: Receipt = {
		...{ orderId, buyer: order.buyer, token: currency, total, offerId: offer.offerId, quantity: 1n, piece: 1n, position: 1n, byBlock: 20n },
		...change,
	};
	const signature = await privateKeyToAccount(signer.privateKey).sign({ hash: receiptDigest(receipt, CHAIN_ID, operators) });
	return { kind: 'promised', orderId, receipt, signed: { operatorId: 1, signer: signer.address, receipt: receiptToWire(receipt), signature } };
}

const place = ({ orderId, order }: Intent, change: Partial<PlacedOnChain> = {}): PlacedOnChain => ({
	...{ orderId, offerId: order.offerId, buyer: order.buyer, quantity: 1n, total: settle(order).total, blockNumber: 15n, state: 'placed' },
	...change,
});

const truth = (placed: PlacedOnChain[], left: bigint, tabs: bigint[]): ChainTruth => ({
	head: 30n,
	placed,
	left: new Map([[offer.offerId, left]]),
	buyers: new Map(buyers.map(({ address }, i) => [address, { balance: 5n, tab: tabs[i] ?? 0n }])),
	shops: new Map([[offer.shopId, 9n]]),
	tabsBalance: tabs.reduce((sum, tab) => sum + tab, 0n),
	owed: 1000n,
	operator: { id: 1, signer: operatorKey.address },
});

const soldOut: Answer = { kind: 'refused', code: 'Catalog_SoldOut' };
let good: Race;
beforeAll(async () => {
	good = {
		...{ door: 'intents', chainId: CHAIN_ID, operators, offers: [offer] },
		intents: [first, second, third, forged],
		answers: [await promise(first), await promise(second, { piece: 2n, position: 2n }), soldOut, { kind: 'refused', code: 'OrderBook_InvalidSignature' }],
		before: truth([], 2n, [150n, 150n, 150n]),
		after: truth([place(first), place(second)], 0n, [50n, 50n, 150n]),
	};
});

const told = (...answers: (Answer | undefined)[]): Race => ({ ...good, answers: good.answers.map((answer, i) => answers[i] ?? answer) });
const chained = (change: Partial<ChainTruth>): Race => ({ ...good, after: { ...good.after, ...change } });

test('default: two sold, one told so, one forger refused, and nothing to complain about', async () => {
	expect(orderStates).toContain('placed');
	const refused = { Catalog_SoldOut: 1, OrderBook_InvalidSignature: 1 };
	expect(await checkRace(good)).toEqual({ sold: 2, refused, lost: [], doubled: [], problems: [] });
});

test('error: a promise that is not on the chain, or too late, is lost', async () => {
	expect((await checkRace(chained({ placed: [place(first)] }))).lost).toHaveLength(1);
	expect((await checkRace(chained({ placed: [place(first), place(second, { blockNumber: 21n })] }))).lost).toHaveLength(1);
	const placed: Answer = { kind: 'placed', orderId: third.orderId };
	expect((await checkRace(told(undefined, undefined, placed))).lost).toEqual([`${third.orderId} was placed and is not on the chain`]);
});

test('error: the same piece, the same position, or a second one for the same buyer is doubled', async () => {
	expect((await checkRace(told(undefined, await promise(second, { piece: 1n, position: 2n })))).doubled).toHaveLength(1);
	expect((await checkRace(told(undefined, await promise(second, { piece: 2n, position: 1n })))).doubled).toHaveLength(1);
	const again = place(first, { orderId: third.orderId });
	expect((await checkRace(chained({ placed: [...good.after.placed, again] }))).doubled).toHaveLength(1);
});

test('error: more sold than there was, or fewer than were wanted', async () => {
	const problems = async (race: Race) => (await checkRace(race)).problems;
	expect(await problems(chained({ placed: [place(first), place(second), place(third)] }))).toContain(`offer ${offer.offerId} sold 3, and 2 were to be sold`);
	expect(await problems(chained({ placed: [place(first)] }))).toContain(`offer ${offer.offerId} sold 1, and 2 were to be sold`);
	expect(await problems(chained({ left: new Map([[offer.offerId, 1n]]) }))).toHaveLength(1);
});

test('error: money that is not where it must be', async () => {
	const problemsOf = async (change: Partial<ChainTruth>) => (await checkRace(chained(change))).problems.length;
	const [{ address }] = buyers as [(typeof buyers)[number]];
	const changed = (buyer: { balance: bigint; tab: bigint }) => ({ buyers: new Map([...good.after.buyers, [address, buyer]]) });
	expect(await problemsOf(changed({ balance: 5n, tab: 49n }))).toBe(1);
	expect(await problemsOf(changed({ balance: 4n, tab: 50n }))).toBe(1);
	expect(await problemsOf({ tabsBalance: good.after.tabsBalance - 1n })).toBe(1);
	expect(await problemsOf({ owed: 999n })).toBe(1);
	expect(await problemsOf({ shops: new Map([[offer.shopId, 10n]]) })).toBe(1);
	expect(await problemsOf({ placed: [place(first), place(second, { total: 101n })] })).toBeGreaterThan(0);
	expect(await problemsOf({ placed: [place(first), place(second, { state: 'refunded' })] })).toBe(1);
});

test('error: answers that are unclear, wrong, or given to a forger', async () => {
	const problemsOf = async (...answers: (Answer | undefined)[]) => (await checkRace(told(...answers))).problems.length;
	expect(await problemsOf(undefined, undefined, { kind: 'unclear', text: '500' })).toBe(1);
	expect(await problemsOf(undefined, undefined, { kind: 'refused', code: 'Tabs_OverLimit' })).toBe(1);
	expect(await problemsOf(soldOut)).toBe(1);
	expect(await problemsOf(undefined, undefined, undefined, soldOut)).toBe(0);
	expect(await problemsOf(undefined, undefined, undefined, { kind: 'refused', code: 'Tabs_NotOpen' })).toBe(1);
	expect(await problemsOf(undefined, undefined, undefined, { kind: 'refused', code: 'Tabs_OverLimit' })).toBe(0);
	expect(await problemsOf(undefined, undefined, undefined, good.answers[0])).toBeGreaterThan(0);
});

test('error: a receipt about something else, or by somebody else', async () => {
	const problemsOf = async (answer: Answer) => (await checkRace(told(answer))).problems.length;
	expect(await problemsOf(await promise(first, { total: 99n }))).toBe(1);
	expect(await problemsOf(await promise(first, { buyer: third.order.buyer }))).toBe(1);
	expect(await problemsOf(await promise(first, {}, keyOf('somebody')))).toBe(1);
});
