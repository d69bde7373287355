import type { PotView, ShowView } from '@kaishi/protocol/live';
import { checkPot } from '@kaishi/protocol/live';
import type { Address } from 'viem';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
	type Actor,
	decidePot,
	enterPot,
	freshSecret,
	openPot,
	openShop,
	openTestMarket,
	ordinaryTerms,
	type PotWish,
	publishListing,
	readPotHistory,
	revealPot,
	type TestMarket,
} from '../index.ts';

const POT = 10_000_000n;

let market: TestMarket;
let host: Actor;
let guests: Actor[];
let show: string;
let currency: Address;
beforeAll(async () => {
	market = await openTestMarket();
	host = await market.passkeyUser();
	const shop = await openShop(host, { slug: 'red-packets' });
	const terms = await ordinaryTerms(host);
	currency = terms.currency;
	const listing = await publishListing(host, { shopId: shop, terms: [terms] });
	const wish = { shopId: shop.toString(), title: { en: 'Tonight' }, scheduledAt: market.now() + 60, bag: [listing.toString()] };
	show = (await host.client.post<ShowView>('/api/live/shows', wish)).id;
	guests = await Promise.all([market.walletUser(), market.walletUser(), market.walletUser(), market.walletUser()]);
	for (const guest of guests) await guest.signIn();
});
afterAll(() => market?.close());

const open = (wish: Partial<PotWish> = {}) => openPot(host, show, { currency, amount: POT, kind: 'even', places: 3, ...wish });
const historyOf = (pot: PotView) => readPotHistory(`${market.url}/rpc`, market.deployment.contracts.pots, pot.id);
const potOf = (pot: PotView, actor: Actor = host) => actor.client.get<PotView>(`/api/live/${pot.show}/pots/${pot.id}`);

async function expectHonest(pot: PotView): Promise<void> {
	const history = await historyOf(pot);
	expect(history).not.toBeNull();
	if (history) expect(checkPot(history)).toEqual([]);
}

describe('red packets', () => {
	test('default: the first who come have the same at once; one too late is told so', async () => {
		const { pot } = await open();
		expect(pot).toMatchObject({ status: 'open', entries: 0, rule: 'everyone', amount: POT.toString(), places: 3 });
		const answers = await Promise.allSettled(guests.map((guest) => enterPot(guest, pot)));
		expect(answers.filter((answer) => answer.status === 'fulfilled')).toHaveLength(3);
		expect(answers.filter((answer) => answer.status === 'rejected').map((answer) => answer.reason.code)).toEqual(['Pots_Closed']);
		const over = await potOf(pot);
		expect(over).toMatchObject({ status: 'over', entries: 3, returned: '1' });
		expect(over.paid.map((payment) => payment.amount)).toEqual(Array(3).fill((POT / 3n).toString()));
		const tellWin = (guest: Actor) => guest.client.post(`/api/live/${show}/wins`, { potId: pot.id });
		const told = await Promise.allSettled(guests.map(tellWin));
		expect(told.map(({ status }) => status)).toEqual(answers.map(({ status }) => status));
		await expectHonest(over);
	});

	test('behavior: by chance, and anyone recomputes the parts', async () => {
		const { pot, secret } = await open({ kind: 'lucky' });
		for (const guest of guests.slice(0, 3)) await enterPot(guest, pot);
		expect(await potOf(pot)).toMatchObject({ status: 'waiting', armedBlock: null });
		await expect(decidePot(host, pot, secret)).rejects.toMatchObject({ code: 'Pots_TooEarly' });
		// Full: the keeper names the block without waiting for the end.
		await market.advance(0);
		expect((await potOf(pot)).armedBlock).not.toBeNull();
		const over = await decidePot(host, pot, secret);
		expect(over).toMatchObject({ status: 'over', returned: '0', hostSilent: false });
		expect(over.paid.reduce((sum, { amount }) => sum + BigInt(amount), 0n)).toBe(POT);
		await expectHonest(over);
	});

	test('error: a hundred accounts of one machine do not take it all', async () => {
		const { pot } = await open({ places: 20 });
		const crowd = await Promise.all(Array.from({ length: 10 }, () => market.walletUser()));
		for (const guest of crowd) await guest.signIn();
		const answers = await Promise.all(
			crowd.map((guest) => {
				const headers = { origin: market.url, cookie: guest.client.cookieHeader(), 'x-forwarded-for': '203.0.113.7', 'content-type': 'application/json' };
				return fetch(`${market.url}/api/live/${show}/pots/${pot.id}/enter`, { method: 'POST', headers, body: '{}' });
			}),
		);
		expect(answers.map(({ status }) => status).toSorted()).toEqual([...Array(8).fill(200), 429, 429]);
		expect((await potOf(pot)).entries).toBe(8);
	});

	test('error: twice, the host itself, strangers who open pots, who did not do what is asked', async () => {
		const { pot } = await open({ rule: 'spoke' });
		await expect(enterPot(guests[0] as Actor, pot)).rejects.toMatchObject({ code: 'Pots_SpeakersOnly' });
		const { pot: free } = await open();
		await enterPot(guests[0] as Actor, free);
		await expect(enterPot(guests[0] as Actor, free)).rejects.toMatchObject({ code: 'Pots_AlreadyEntered' });
		await expect(enterPot(host, free)).rejects.toMatchObject({ code: 'Pots_CannotEnter' });
		await expect(openPot(guests[0] as Actor, show, { currency, amount: POT, kind: 'even', places: 3 })).rejects.toMatchObject({ code: 'Live_NotHost' });
		await expect(enterPot(guests[0] as Actor, { show, id: '999' })).rejects.toMatchObject({ code: 'Pots_UnknownPot' });
	});
});

describe('lucky draws', () => {
	test('default: secrets of all sides decide; who does not show its own is not drawn', async () => {
		const { pot, secret } = await open({ kind: 'draw', places: 1, seconds: 40, revealSeconds: 20 });
		const secrets = guests.map(() => freshSecret());
		for (const [i, guest] of guests.slice(0, 2).entries()) await enterPot(guest, pot, secrets[i]);
		await enterPot(guests[2] as Actor, pot);
		await expect(revealPot(guests[0] as Actor, pot, secrets[0] ?? '0x')).rejects.toMatchObject({ code: 'Pots_TooEarly' });
		await expect(decidePot(host, pot, secret)).rejects.toMatchObject({ code: 'Pots_TooEarly' });
		await market.advance(41);
		expect((await revealPot(guests[0] as Actor, pot, secrets[0] ?? '0x')).mine).toMatchObject({ revealed: true });
		await expect(revealPot(guests[1] as Actor, pot, freshSecret())).rejects.toMatchObject({ code: 'Pots_WrongSecret' });
		await market.advance(21);
		// The block is named: nobody shows a number any more who could know it.
		await expect(revealPot(guests[1] as Actor, pot, secrets[1] ?? '0x')).rejects.toMatchObject({ code: 'Pots_TooLate' });
		const over = await decidePot(host, pot, secret);
		expect(over.paid).toHaveLength(1);
		expect(over.paid[0]?.account).not.toBe(guests[1]?.address);
		await expectHonest(over);
	});

	test('behavior: a silent host cannot keep the money: a block decides, by itself', async () => {
		const { pot } = await open({ kind: 'draw', places: 2, seconds: 20, revealSeconds: 10 });
		await enterPot(guests[0] as Actor, pot);
		await market.advance(31);
		expect((await potOf(pot)).status).toBe('waiting');
		for (let i = 0; i < 4 && (await potOf(pot)).status !== 'over'; i++) await market.advance(121);
		const over = await potOf(pot, guests[0]);
		expect(over).toMatchObject({ status: 'over', hostSilent: true, returned: (POT / 2n).toString(), mine: { won: (POT / 2n).toString() } });
		await expectHonest(over);
	});

	test('behavior: a lie is found out: other winners, another secret', async () => {
		const { pot, secret } = await open({ kind: 'lucky', places: 2 });
		for (const guest of guests.slice(0, 2)) await enterPot(guest, pot);
		await market.advance(0);
		await decidePot(host, pot, secret);
		const history = await historyOf(pot);
		if (history?.decided == null) throw new Error('not decided');
		expect(checkPot({ ...history, decided: { ...history.decided, secret: freshSecret() } })).toEqual(['secret', 'seed', 'winners']);
		expect(checkPot({ ...history, armedHash: freshSecret() })).toEqual(['block']);
		expect(checkPot({ ...history, paid: history.paid.toReversed() })).toEqual(['winners']);
		expect(checkPot({ ...history, returned: 1n })).toEqual(['sum']);
		expect(checkPot({ ...history, candidates: history.candidates.map(({ account }) => ({ account, secret: freshSecret() })) })).toContain('reveal');
	});

	test('behavior: the tables are a fold of the chain', async () => {
		const before = await market.fingerprints();
		await market.reindex();
		expect(await market.fingerprints()).toEqual(before);
		expect(before['live.pots']).not.toMatch(/^0:/);
	});
});
