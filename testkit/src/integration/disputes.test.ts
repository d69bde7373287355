import type { CaseView, JurorDesk, OwnKeys, Vote } from '@kaishi/protocol/dispute';
import { courtAbi } from '@kaishi/protocol/generated/court';
import { type Order, type OrderView, settle } from '@kaishi/protocol/order';
import { offerIdOf, shopAccountOf } from '@kaishi/protocol/shop';
import type { Address, Hex } from 'viem';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readContract } from '../../../server/src/platform/chain/read-contract.ts';
import {
	buy,
	caseOf,
	commitVote,
	contributeToAppeal,
	depositInto,
	dispute,
	insure,
	openShop,
	ordinaryTerms,
	type PasskeyUser,
	panelOf,
	publishListing,
	refund,
	revealVote,
	ship,
	stakeAsJuror,
	takeStep,
} from '../actors/index.ts';
import { openTestMarket, type TestMarket } from '../open-test-market.ts';
import { refusalOf } from './expectations.ts';

const STAKE = 60_000_000n;
const DAY = 86_400;
let market: TestMarket;
let jurors: PasskeyUser[];
let seller: PasskeyUser;
let shopId: bigint;
let token: Address;
let court: Address;

beforeAll(async () => {
	market = await openTestMarket();
	seller = await market.passkeyUser();
	shopId = await openShop(seller, { slug: 'court-shop' });
	token = (await ordinaryTerms(seller)).currency;
	court = (await market.info()).contracts.court;
	jurors = [];
	for (let i = 0; i < 8; i++) {
		const juror = await market.passkeyUser();
		await stakeAsJuror(juror, token, STAKE);
		jurors.push(juror);
	}
	await depositInto(seller, token, 20_000_000n);
	// What the insurance can stand in for with the first premium.
	await depositInto(seller, token, 5_000_000n, (await market.info()).contracts.feeInsurance);
});
afterAll(() => market?.close());

interface Disputed {
	buyer: PasskeyUser;
	order: Order;
	orderId: Hex;
	total: bigint;
}

/** A shipped order that names the court; `insured` before anything happens to it. */
async function sell(options: { insured?: boolean } = {}): Promise<Disputed> {
	const buyer = await market.passkeyUser();
	const terms = await ordinaryTerms(seller, { arbitrator: court, returnSeconds: 0 });
	const listingId = await publishListing(seller, { shopId, terms: [terms] });
	const { order, orderId } = await buy(buyer, { offerId: offerIdOf(listingId, 0), terms });
	const { total } = settle(order);
	// After paying: an order takes what the buyer has inside the market first.
	await depositInto(buyer, token, 10_000_000n);
	if (options.insured) await insure(buyer, order, BigInt((await market.reads.dispute.quote(token, total)).perJuror.amount));
	await ship(seller, order);
	return { buyer, order, orderId, total };
}

/** Both sides have paid, the panel is drawn and may vote. */
async function open(options: { insured?: boolean } = {}): Promise<Disputed & { view: CaseView }> {
	const sold = await sell(options);
	await dispute(sold.buyer, sold.order);
	await takeStep(seller, 'join', sold.order);
	await market.advance(60);
	expect((await caseOf(sold.buyer, sold.order)).rounds[0]?.seats).toHaveLength(3);
	await market.advance(46 * 60);
	const view = await caseOf(sold.buyer, sold.order);
	expect(view.phase).toBe('commit');
	return { ...sold, view };
}

/** The present panel votes as told, seat by seat, and the votes are counted. Null: the juror stays away. */
async function judge(order: Order, by: PasskeyUser, votes: (Vote | null)[]): Promise<CaseView> {
	const view = await caseOf(by, order);
	const panel = panelOf(view, jurors);
	for (const [i, juror] of panel.entries()) if (votes[i]) await commitVote(juror, view, votes[i]);
	await market.advance(46 * 60);
	for (const [i, juror] of panel.entries()) if (votes[i]) await revealVote(juror, view, votes[i], `Seat ${i} has read everything.`);
	await market.advance(46 * 60);
	return caseOf(by, order);
}

const balanceOf = async (account: Address) => BigInt((await market.reads.order.balancesOf(account)).find((money) => money.currency === token)?.amount ?? 0);
const orderOf = (by: PasskeyUser, id: Hex) => by.client.get<OrderView>(`/api/orders/${id}`);
const courtAccounts = async () => {
	const { jury, feeInsurance } = (await market.info()).contracts;
	return { court: await balanceOf(court), jury: await balanceOf(jury), insurance: await balanceOf(feeInsurance) };
};

test.each([
	['buyer', ['buyer', 'buyer', 'seller'], 10_000n],
	['seller', ['seller', 'buyer', 'seller'], 0n],
	['even', ['even', 'even', 'buyer'], 5000n],
] as const)('a panel rules for: %s', async (outcome, votes, buyerBps) => {
	const { buyer, order, orderId, total } = await open();
	const [buyerBefore, sellerBefore, kept] = [await balanceOf(buyer.address), await balanceOf(shopAccountOf(shopId)), await courtAccounts()];
	const ruled = await judge(order, buyer, [...votes]);
	expect(ruled).toMatchObject({ phase: 'appeal', ruling: outcome, rounds: [{ reveals: 3, ruling: outcome }] });
	await market.advance(46 * 60);

	const view = await caseOf(buyer, order);
	expect(view).toMatchObject({ phase: 'executed', outcome, executed: true, rounds: [{ settled: true }] });
	expect((await orderOf(buyer, orderId)).state).toBe('ruled');
	const [fee, perJuror] = [BigInt(view.fee.amount), BigInt(view.feePerJuror.amount)];
	const costs = { buyer: BigInt(view.costs?.buyer.amount ?? -1), seller: BigInt(view.costs?.seller.amount ?? -1) };
	expect(costs.buyer + costs.seller).toBe(3n * perJuror);
	expect(costs).toEqual({ buyer: { buyer: 0n, seller: fee, even: fee / 2n }[outcome], seller: { buyer: fee, seller: 0n, even: fee - fee / 2n }[outcome] });
	expect((await balanceOf(buyer.address)) - buyerBefore).toBe((total * buyerBps) / 10_000n + fee - costs.buyer);
	expect((await balanceOf(shopAccountOf(shopId))) - sellerBefore).toBe(total - (total * buyerBps) / 10_000n + (fee - costs.seller));
	// The court keeps nothing, and every stake is in the jury's hands.
	const after = await courtAccounts();
	expect([after.court, after.jury]).toEqual([kept.court - 2n * fee, kept.jury]);

	const [coherent] = panelOf(view, jurors).filter((_, i) => votes[i] === outcome);
	await coherent?.signIn();
	const desk = await coherent?.client.get<JurorDesk>('/api/court/desk');
	expect(desk?.seats.find((seat) => seat.id === view.id)).toMatchObject({ vote: outcome, paid: { amount: expect.stringMatching(/^[1-9]/) } });
	const ledger = await market.reads.order.ledgerOf(coherent?.address ?? '0x');
	expect(ledger.items.some((entry) => entry.kind === 'reward' && entry.orderId === orderId)).toBe(true);
	if (outcome !== 'seller') expect((await market.reads.order.ledgerOf(buyer.address)).items.filter((entry) => entry.kind === 'courtFee')).toHaveLength(2);
});

test.each([
	['seller', 'buyer'],
	['buyer', 'seller'],
] as const)('the %s does not come: the other side wins what is held, and gets its fee back', async (absent, winner) => {
	const { buyer, order, orderId, total } = await sell();
	const before = await balanceOf(buyer.address);
	const shopBefore = await balanceOf(shopAccountOf(shopId));
	if (absent === 'seller') await dispute(buyer, order);
	else {
		await takeStep(buyer, 'requestRefund', order, undefined, 10_000);
		await takeStep(seller, 'dispute', order);
	}
	expect((await caseOf(buyer, order)).phase).toBe('contested');
	await market.advance(3 * DAY + 60);
	expect((await orderOf(buyer, orderId)).state).toBe(winner === 'buyer' ? 'refunded' : 'completed');
	expect(await caseOf(buyer, order)).toMatchObject({ phase: 'closed', executed: false, costs: { buyer: { amount: '0' }, seller: { amount: '0' } } });
	if (winner === 'buyer') expect((await balanceOf(buyer.address)) - before).toBe(total);
	else expect((await balanceOf(shopAccountOf(shopId))) - shopBefore >= total).toBe(true);
});

test('an appeal overturns: the losing side pays for seven jurors, who see it otherwise', async () => {
	const { buyer, order, orderId } = await open();
	const first = await judge(order, buyer, ['seller', 'seller', 'seller']);
	expect(first).toMatchObject({ phase: 'appeal', ruling: 'seller', appeal: { seats: 7, sides: { buyer: { losing: true }, seller: { losing: false } } } });
	const target = BigInt(first.appeal?.target.amount ?? 0);
	const { code } = await refusalOf(contributeToAppeal(buyer, first, 'buyer', target + 1n));
	expect(code).toBe('Court_TooMuch');
	await contributeToAppeal(buyer, first, 'buyer', target);
	await market.advance(46 * 60);
	const second = await caseOf(buyer, order);
	expect(second).toMatchObject({ phase: 'evidence', round: 1 });
	await market.advance(60);
	await market.advance(46 * 60);
	const panel = (await caseOf(buyer, order)).rounds[1]?.seats ?? [];
	// Eight jurors, three of whose stakes still stand behind the first round.
	expect(panel.length).toBeGreaterThanOrEqual(3);
	const overturned = await judge(order, buyer, Array<Vote>(7).fill('buyer'));
	expect(overturned).toMatchObject({ ruling: 'buyer' });
	await market.advance(46 * 60);
	const view = await caseOf(buyer, order);
	expect(view).toMatchObject({
		phase: 'executed',
		outcome: 'buyer',
		rounds: [
			{ settled: true, ruling: 'seller' },
			{ settled: true, ruling: 'buyer' },
		],
	});
	expect((await orderOf(buyer, orderId)).state).toBe('ruled');
	// Whoever backed the final ruling shares what the appeal left.
	const back = (await market.reads.order.ledgerOf(buyer.address)).items.filter((entry) => entry.kind === 'appeal');
	expect(back.map((entry) => BigInt(entry.amount) > 0n).toSorted()).toEqual([false, true]);
	// The first panel was wrong in the end: nobody of it earned.
	expect(view.rounds[0]?.seats.every((seat) => seat.paid === null)).toBe(true);
});

test('a juror who stays away loses part of the stake and is not drawn again until it comes back', async () => {
	const { buyer, order } = await open();
	const view = await judge(order, buyer, ['buyer', 'buyer', null]);
	expect(view).toMatchObject({ ruling: 'buyer', rounds: [{ commits: 2, reveals: 2 }] });
	await market.advance(46 * 60);
	const absent = panelOf(view, jurors)[2];
	await absent?.signIn();
	const desk = await absent?.client.get<JurorDesk>('/api/court/desk');
	expect(desk).toMatchObject({ active: false, missed: true });
	expect(BigInt(desk?.stake.amount ?? 0) < STAKE + 40_000_000n).toBe(true);
	expect(desk?.seats.find((seat) => seat.id === view.id)).toMatchObject({ vote: null, paid: null });
});

test('nobody of the panel votes: nothing is ruled, both get half, and no fee is kept', async () => {
	const { buyer, order, orderId, total } = await open();
	const before = await balanceOf(buyer.address);
	await judge(order, buyer, [null, null, null]);
	await market.advance(46 * 60);
	expect(await caseOf(buyer, order)).toMatchObject({ phase: 'executed', outcome: 'none', costs: { buyer: { amount: '0' }, seller: { amount: '0' } } });
	expect((await orderOf(buyer, orderId)).state).toBe('ruled');
	const { fee } = await caseOf(buyer, order);
	expect((await balanceOf(buyer.address)) - before).toBe(total / 2n + BigInt(fee.amount));
});

test('a concession while the panel deliberates ends the case; whoever voted is paid, nobody is fined', async () => {
	const { buyer, order, orderId, view } = await open();
	const [juror] = panelOf(view, jurors);
	if (juror) await commitVote(juror, view, 'buyer');
	await refund(seller, order);
	await market.advance(60);
	expect((await orderOf(buyer, orderId)).state).toBe('refunded');
	const closed = await caseOf(buyer, order);
	expect(closed).toMatchObject({
		phase: 'closed',
		outcome: 'buyer',
		executed: false,
		costs: { buyer: { amount: '0' }, seller: { amount: closed.feePerJuror.amount } },
	});
	expect(closed.rounds[0]?.seats.filter((seat) => seat.paid !== null)).toHaveLength(1);
});

test("an insured buyer pays nothing, also when the case is lost; the pool pays the loser's part", async () => {
	const { buyer, order, view } = await open({ insured: true });
	expect(view).toMatchObject({ insured: true });
	const before = await balanceOf(buyer.address);
	await judge(order, buyer, ['seller', 'seller', 'seller']);
	await market.advance(46 * 60);
	expect(await caseOf(buyer, order)).toMatchObject({ phase: 'executed', outcome: 'seller' });
	expect(await balanceOf(buyer.address)).toBe(before);
});

test('only a seat votes, once; a stranger sees no more than what is public', async () => {
	const { buyer, order, view } = await open();
	const stranger = await market.passkeyUser();
	await expect(commitVote(stranger, view, 'buyer')).rejects.toThrow('no seat');
	const [juror] = panelOf(view, jurors);
	if (!juror) throw new Error('no panel');
	await commitVote(juror, view, 'buyer');
	expect((await refusalOf(commitVote(juror, view, 'seller'))).code).toBe('Court_WrongVote');
	expect((await refusalOf(revealVote(juror, view, 'buyer'))).code).toBe('Court_WrongPhase');
	expect(await caseOf(stranger, order)).toMatchObject({ role: null, rounds: [{ commits: 1, counts: { buyer: 0 } }] });
	await market.advance(46 * 60);
	expect((await refusalOf(revealVote(juror, view, 'seller'))).code).toBe('Court_WrongReveal');
	expect((await caseOf(buyer, order)).phase).toBe('reveal');
	await stranger.signIn();
	expect((await refusalOf(stranger.client.get(`/api/disputes/${view.id}/keys`))).code).toBe('Dispute_NotReader');
});

test('a court without jurors never rules: after thirty days both get half, and the case closes', async () => {
	const lonely = await openTestMarket();
	try {
		const [other, buyer] = [await lonely.passkeyUser(), await lonely.passkeyUser()];
		const empty = await openShop(other, { slug: 'no-jurors' });
		const terms = await ordinaryTerms(other, { arbitrator: (await lonely.info()).contracts.court, returnSeconds: 0 });
		const listingId = await publishListing(other, { shopId: empty, terms: [terms] });
		const { order, orderId } = await buy(buyer, { offerId: offerIdOf(listingId, 0), terms });
		await depositInto(other, terms.currency, 10_000_000n);
		await depositInto(buyer, terms.currency, 10_000_000n);
		await ship(other, order);
		await dispute(buyer, order);
		await takeStep(other, 'join', order);
		await lonely.advance(60);
		expect(await caseOf(buyer, order)).toMatchObject({ phase: 'evidence', rounds: [{ seats: [], postponed: true }] });
		await lonely.advance(30 * DAY + 60);
		expect((await orderOf(buyer, orderId)).state).toBe('ruled');
		expect(await caseOf(buyer, order)).toMatchObject({ phase: 'closed', executed: false, costs: { buyer: { amount: '0' }, seller: { amount: '0' } } });
	} finally {
		await lonely.close();
	}
});

test('the fee that pages name is the fee that the contract takes', async () => {
	for (const { address } of (await market.info()).currencies) {
		for (const atStake of [0n, 1n, 9_999_999n, 123_456_789n, 10n ** 18n, 10n ** 24n]) {
			const [fee, perJuror, tier] = await readContract(market.chain, { address: court, abi: courtAbi, functionName: 'feeOf', args: [address, atStake] });
			const quote = await market.reads.dispute.quote(address, atStake);
			expect([quote.fee.amount, quote.perJuror.amount, quote.tier]).toEqual([fee.toString(), perJuror.toString(), tier]);
		}
	}
});

test('folded again from the chain, every table is the same', async () => {
	const before = await market.fingerprints();
	expect(Object.keys(before)).toContain('dispute.seats');
	await market.reindex();
	expect(await market.fingerprints()).toEqual(before);
});

test('nobody keeps evidence from a juror by sealing something else to them first', async () => {
	const { buyer, view } = await open();
	const [juror] = panelOf(view, jurors);
	if (!juror) throw new Error('no panel');
	await Promise.all([buyer.signIn(), seller.signIn()]);
	// More than a page of JSON may hold.
	const body = new Uint8Array(300_000).fill(7);
	const uploaded = await buyer.client.fetch(`/api/disputes/${view.id}/blobs?sealed=1`, { method: 'POST', body });
	expect(uploaded.status).toBe(201);
	const { cid } = (await uploaded.json()) as { cid: string };
	const key = { cid, publicKey: `0x${'33'.repeat(32)}`, enc: `0x${'11'.repeat(32)}`, ciphertext: `0x${'22'.repeat(48)}` };
	const seal = (by: PasskeyUser, readers: PasskeyUser[]) =>
		by.client.post(`/api/disputes/${view.id}/keys`, { keys: readers.map(({ address }) => ({ ...key, reader: address })) });
	await market.db.query('insert into dispute_private.reading_keys (account, public_key, signature) values ($1, $2, $3)', [
		juror.address,
		key.publicKey,
		'0x12',
	]);
	await seal(seller, [juror]);
	await seal(buyer, [buyer, seller]);
	const keysOf = (reader: PasskeyUser) => reader.client.get<OwnKeys>(`/api/disputes/${view.id}/keys`);
	const isMissing = async () => (await keysOf(buyer)).missing.some((one) => one.cid === cid && one.reader.account === juror.address);
	expect(await isMissing()).toBe(true);
	await seal(buyer, [juror]);
	expect(await isMissing()).toBe(false);
	await juror.signIn();
	expect((await keysOf(juror)).keys.map(({ sealedBy }) => sealedBy)).toEqual([buyer.address, seller.address]);
});
