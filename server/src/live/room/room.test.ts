import { randomBytes } from 'node:crypto';
import { type LiveRecord, type RoomEvent, recordHashOf, type SignedLine } from '@kaishi/protocol/live';
import { offerIdOf } from '@kaishi/protocol/shop';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import {
	buy,
	makeVoice,
	openShop,
	openTestMarket,
	ordinaryTerms,
	publishListing,
	type TestMarket,
	type Voice,
	type WalletUser,
} from '../../../../testkit/src/index.ts';
import { endLongShows } from './long-shows.ts';
import { foldAgain, listRecords } from './records.ts';
import { openRooms, type Rooms } from './rooms.ts';
import { openTestStage, type TestStage, type TestVisitor } from './test-room.ts';

let market: TestMarket;
let rooms: Rooms;
let stage: TestStage;
let host: WalletUser;
let guest: WalletUser;
let other: WalletUser;
let voices: { host: Voice; guest: Voice; other: Voice };
let shopId: string;
let listing: bigint;
let terms: Awaited<ReturnType<typeof ordinaryTerms>>;
let show: string;
/** How far the rooms' clock is ahead, ms: nobody waits for slow mode here. */
let ahead = 0;

beforeAll(async () => {
	market = await openTestMarket();
	[host, guest, other] = [await market.walletUser(), await market.walletUser(), await market.walletUser()];
	const shop = await openShop(host, { slug: 'lantern-house' });
	shopId = shop.toString();
	terms = await ordinaryTerms(host);
	listing = await publishListing(host, { shopId: shop, terms: [terms] });
	for (const user of [host, guest, other]) await user.signIn();
	voices = { host: await makeVoice(host, 'Mei'), guest: await makeVoice(guest, 'Guo'), other: await makeVoice(other, 'Otto') };
	stage = await openTestStage();
	rooms = await openRooms({ db: market.db, now: () => market.now(), clock: () => Date.now() + ahead, stage: stage.stage, publish: () => undefined, onError });
	market.indexer.onNews((news) => rooms.hear(news.messages));
});
afterAll(async () => {
	await rooms?.close();
	stage?.close();
	await market?.close();
	expect(failures).toEqual([]);
});
const failures: unknown[] = [];
const onError = (error: unknown) => void failures.push(error);

// A shop has only so many on air.
afterEach(() => rooms.door.step(show, host.address, 'end'));
beforeEach(async () => {
	show = randomBytes(8).toString('hex');
	const bag = [listing.toString()];
	await rooms.door.schedule(show, host.address, { shopId, title: { en: 'Tea' }, cover: null, scheduledAt: market.now() + 60, bag, coHosts: [] });
	await rooms.door.step(show, host.address, 'start');
});

/** Of a machine that is busy with everything else. */
const PATIENCE = { timeout: 10_000 };
let refs = 0;
/** Says it and waits for the answer. */
async function say(visitor: TestVisitor, record: SignedLine): Promise<number | string> {
	const ref = `r${++refs}`;
	visitor.send({ do: 'say', ref, record });
	const answer = await vi.waitFor(() => {
		const found = visitor.heard.find((event): event is Extract<RoomEvent, { ref: string }> => 'ref' in event && event.ref === ref);
		if (!found) throw new Error('no answer yet');
		return found;
	}, PATIENCE);
	return answer.kind === 'said' ? answer.seq : answer.code;
}
const join = async (user: WalletUser | null) => {
	const visitor = await stage.join(show, user?.address ?? null);
	await vi.waitFor(() => expect(visitor.heard[0]?.kind).toBe('hello'), PATIENCE);
	return visitor;
};
const texts = (visitor: TestVisitor) => visitor.all('line').map(({ line }) => line.text);

describe('talk', () => {
	test('default: everybody hears a line, and who comes later finds it', async () => {
		const [a, b] = [await join(guest), await join(null)];
		const seq = await say(a, await voices.guest.line(show, 'Is it spring tea?'));
		expect(seq).toEqual(expect.any(Number));
		await vi.waitFor(() => expect(texts(b)).toEqual(['Is it spring tea?']));
		const late = await join(other);
		expect(late.all('hello')[0]).toMatchObject({ lines: [{ seq, name: 'Guo', badge: null }], you: { account: other.address, moderator: false } });
		await say(await join(host), await voices.host.line(show, 'Yes, of April'));
		await vi.waitFor(() => expect(b.all('line').at(-1)?.line).toMatchObject({ badge: 'host', name: 'Mei' }));
	});

	test('behavior: of many who come while others talk nobody misses a line, and tables are read for all of them at once', async () => {
		const a = await join(guest);
		const reads = vi.spyOn(market.db, 'query');
		const coming: Promise<TestVisitor>[] = [];
		for (let i = 0; i < 8; i++) {
			for (let one = 0; one < 8; one++) coming.push(join(null));
			ahead += 1000;
			expect(await say(a, await voices.guest.line(show, `${i}`, { at: Date.now() + ahead }))).toEqual(expect.any(Number));
		}
		const heardBy = ({ heard }: TestVisitor) => {
			const seqs = heard.flatMap((event) => (event.kind === 'hello' ? event.lines : event.kind === 'line' ? [event.line] : [])).map(({ text }) => text);
			return [...new Set(seqs)];
		};
		for (const visitor of await Promise.all(coming)) await vi.waitFor(() => expect(heardBy(visitor)).toEqual(['0', '1', '2', '3', '4', '5', '6', '7']));
		expect(reads.mock.calls.filter(([sql]) => sql.includes('from live.lines where show_id = $1 and not hidden')).length).toBeLessThan(32);
		reads.mockRestore();
	});

	test('error: a line changed, of another show, said twice, too old, by a key that nobody vouched for', async () => {
		const a = await join(guest);
		const honest = await voices.guest.line(show, 'five');
		expect(await say(a, { ...honest, line: { ...honest.line, text: 'fifty' } })).toBe('Live_WrongSignature');
		expect(await say(a, await voices.guest.line('0123456789abcdef', 'x'))).toBe('Request_Invalid');
		expect(await say(a, await voices.guest.line(show, 'x', { at: Date.now() - 200_000 }))).toBe('Live_LineTooOld');
		expect(await say(a, await voices.other.line(show, 'x'))).toBe('Live_UnknownSpeaker');
		expect(await say(a, honest)).toEqual(expect.any(Number));
		ahead += 1000;
		expect(await say(a, honest)).toBe('Live_SaidBefore');
		expect(await say(a, await voices.guest.line(show, 'at once'))).toBe('Live_SlowDown');
	});

	test('behavior: a guest does not call itself as the host does, to the eye', async () => {
		const impostor = await market.walletUser();
		await impostor.signIn();
		const voice = await makeVoice(impostor, 'МЕI');
		const a = await join(impostor);
		expect(await say(a, await voice.line(show, 'send me the money'))).toBe('Live_NameTaken');
		expect(await say(await join(host), await voices.host.line(show, 'welcome'))).toEqual(expect.any(Number));
	});

	test('behavior: the shop sets the pace and keeps words out; its own people speak on', async () => {
		const [a, h] = [await join(guest), await join(host)];
		await rooms.door.rules(show, host.address, { slowSeconds: 30, buyersOnly: false, paused: false, words: ['free gold'] });
		expect(await say(a, await voices.guest.line(show, 'F r e e - G0ld? no: FREE.gold!'))).toBe('Live_ForbiddenWord');
		expect(await say(a, await voices.guest.line(show, 'one'))).toEqual(expect.any(Number));
		expect(await say(a, await voices.guest.line(show, 'two'))).toBe('Live_SlowDown');
		await rooms.door.rules(show, host.address, { slowSeconds: 0, buyersOnly: false, paused: true, words: [] });
		expect(await say(await join(other), await voices.other.line(show, 'hello?'))).toBe('Live_ChatPaused');
		expect(await say(h, await voices.host.line(show, 'a moment'))).toEqual(expect.any(Number));
		await rooms.door.rules(show, host.address, { slowSeconds: 0, buyersOnly: true, paused: false, words: [] });
		expect(await say(await join(other), await voices.other.line(show, 'hello?'))).toBe('Live_BuyersOnly');
		await vi.waitFor(() => expect(a.all('rules')).toHaveLength(3));
	});
});

describe('moderation', () => {
	test('default: a ban hides what was said, closes the sockets, and keeps out', async () => {
		const [a, b] = [await join(guest), await join(other)];
		await say(a, await voices.guest.line(show, 'rude'));
		await rooms.door.moderate(show, host.address, { act: 'ban', account: guest.address });
		await vi.waitFor(() => expect(a.closedWith).toBe(4403));
		await vi.waitFor(() => expect(b.all('hideOf')).toEqual([{ kind: 'hideOf', account: guest.address }]));
		const again = await join(guest);
		expect(again.all('hello')[0]?.you.banned).toBe(true);
		await vi.waitFor(() => expect(again.closedWith).toBe(4403));
		expect((await join(null)).all('hello')[0]?.lines).toEqual([]);
		// A key speaks for one account, in its own session.
		expect(await say(await join(null), await voices.guest.line(show, 'me again'))).toBe('Session_Required');
		expect(await say(await join(other), await voices.guest.line(show, 'me again'))).toBe('Live_UnknownSpeaker');
		await rooms.door.moderate(show, host.address, { act: 'unban', account: guest.address });
		ahead += 1000;
		expect(await say(await join(guest), await voices.guest.line(show, 'sorry'))).toEqual(expect.any(Number));
	});

	test('default: moderators hide, mute and put an answer above the chat', async () => {
		const [a, m] = [await join(guest), await join(other)];
		await rooms.door.moderators(show, host.address, [other.address]);
		await vi.waitFor(() => expect(m.all('you').at(-1)?.you.moderator).toBe(true));
		const seq = (await say(a, await voices.guest.line(show, 'How long does it steep?'))) as number;
		await rooms.door.moderate(show, other.address, { act: 'pinAnswer', seq });
		await vi.waitFor(() => expect(a.all('answer').at(-1)?.line).toMatchObject({ seq }));
		await rooms.door.moderate(show, other.address, { act: 'mute', account: guest.address, minutes: 5 });
		await vi.waitFor(() => expect(a.all('you').at(-1)?.you.mutedUntil).toBeGreaterThan(Date.now()));
		expect(await say(a, await voices.guest.line(show, 'hm'))).toBe('Live_Muted');
		await rooms.door.moderate(show, other.address, { act: 'hide', seq });
		await vi.waitFor(() => expect(a.all('hide')).toEqual([{ kind: 'hide', seq }]));
		expect((await join(null)).all('hello')[0]).toMatchObject({ lines: [], answer: null });
	});

	test('error: guests do not moderate, and nobody silences the host', async () => {
		await expect(rooms.door.moderate(show, guest.address, { act: 'hide', seq: 1 })).rejects.toMatchObject({ code: 'Live_NotModerator' });
		await rooms.door.moderators(show, host.address, [other.address]);
		await expect(rooms.door.moderate(show, other.address, { act: 'ban', account: host.address })).rejects.toMatchObject({ code: 'Live_NotModerator' });
		await expect(rooms.door.moderate(show, host.address, { act: 'hide', seq: 1 })).rejects.toMatchObject({ code: 'Live_UnknownLine' });
		await expect(rooms.door.moderators(show, other.address, [guest.address])).rejects.toMatchObject({ code: 'Live_NotHost' });
	});
});

describe('a room', () => {
	test('default: tells a pin, a sale and the stock at once', async () => {
		const a = await join(guest);
		await rooms.door.pin(show, host.address, { listingId: listing.toString(), dealOfferId: null, auctionId: null });
		await vi.waitFor(() => expect(a.all('pin')[0]?.pin).toMatchObject({ listingId: listing.toString() }));
		const { orderId } = await buy(other, { offerId: offerIdOf(listing, 0), terms });
		await vi.waitFor(() => expect(a.all('stock').length).toBeGreaterThan(0));
		await rooms.door.sell(show, other.address, { orderId, announce: true });
		await rooms.door.sell(show, other.address, { orderId, announce: true });
		await vi.waitFor(() => expect(a.all('notice')).toHaveLength(1));
		expect(a.all('notice')[0]?.notice).toMatchObject({ kind: 'bought', name: 'Otto', quantity: 1 });
		expect(await market.reads.live.figures(show, host.address)).toMatchObject({ orders: 1, buyers: 1, latest: [{ orderId }] });
		await expect(rooms.door.sell(show, guest.address, { orderId, announce: false })).rejects.toMatchObject({ code: 'Live_NotYourOrder' });
	});

	test('behavior: counts people, not sockets, and not those who are gone for a moment', async () => {
		const a = await join(guest);
		const twice = await join(guest);
		await join(null);
		await vi.waitFor(() => expect(a.all('viewers').at(-1)?.count).toBe(2), { timeout: 4000 });
		twice.leave();
		a.send({ do: 'like', count: 7 });
		a.send({ do: 'like', count: 30 });
		await vi.waitFor(() => expect(a.all('likes')).toEqual([{ kind: 'likes', total: 7 }]), { timeout: 4000 });
		for (let i = 0; i < 3; i++) a.send({ do: 'emoji', emoji: '🎉' });
		await vi.waitFor(() => expect(a.all('emoji')[0]?.counts).toEqual({ '🎉': 3 }), { timeout: 4000 });
		expect(a.all('viewers').at(-1)?.count).toBe(2);
	});

	test('behavior: what the shop does is told while it happens, and the end is the end', async () => {
		const a = await join(guest);
		await rooms.door.step(show, host.address, 'pause');
		await rooms.door.step(show, host.address, 'resume');
		await rooms.note(show, { kind: 'away' });
		await rooms.note(show, { kind: 'back' });
		await rooms.door.bag(show, host.address, []);
		await rooms.door.step(show, host.address, 'end');
		await vi.waitFor(() => expect(a.all('show').map(({ state }) => state.status)).toEqual(['paused', 'live', 'away', 'live', 'ended']));
		expect(a.all('bag')).toHaveLength(1);
		expect(await say(a, await voices.guest.line(show, 'bye'))).toBe('Live_AlreadyEnded');
		const report = await market.reads.live.report(show, host.address);
		expect(report).toMatchObject({ visitors: expect.any(Number), lines: 0, show: { status: 'ended' } });
		expect(await market.reads.live.report(show, guest.address)).toBeNull();
	});

	test('behavior: records are a chain that anybody can check, and tables can be folded again', async () => {
		const a = await join(guest);
		await say(a, await voices.guest.line(show, '好茶 🍵'));
		await rooms.door.moderate(show, host.address, { act: 'mute', account: guest.address, minutes: 1 });
		const records = await listRecords(market.db, show);
		expect(records.map(({ kind }) => kind)).toEqual(['opened', 'started', 'line', 'mute']);
		let previous: LiveRecord['previous'] = null;
		for (const { hash, ...record } of records) {
			expect(record.previous).toBe(previous);
			expect(recordHashOf(record)).toBe(hash);
			previous = hash;
		}
		const before = await market.fingerprints();
		await foldAgain(market.db);
		expect(await market.fingerprints()).toEqual(before);
	});

	test('behavior: notices of a crowd do not fill a room, and everything else is told', async () => {
		const a = await join(guest);
		for (let i = 0; i < 30; i++) await rooms.door.tell(show, [{ kind: 'notice', notice: { kind: 'gift', name: 'Otto', gift: 'tea' } }, { kind: 'bag' }]);
		await vi.waitFor(() => expect(a.all('bag')).toHaveLength(30));
		expect(a.all('notice').length).toBeGreaterThanOrEqual(10);
		expect(a.all('notice').length).toBeLessThan(30);
	});

	test('behavior: a shop has five on air at most, so has whoever presents, and whatever is on air for half a day ends', async () => {
		const begin = async (of = shopId) => {
			const id = randomBytes(8).toString('hex');
			await rooms.door.schedule(id, host.address, { shopId: of, title: { en: 'Tea' }, cover: null, scheduledAt: market.now() + 60, bag: [], coHosts: [] });
			await rooms.door.step(id, host.address, 'start');
			return id;
		};
		const others = [await begin(), await begin(), await begin(), await begin()];
		await expect(begin()).rejects.toMatchObject({ code: 'Live_TooManyOnAir', kind: 'tooMany' });
		const another = await openShop(host, { slug: 'another-stage' });
		await expect(begin(another.toString())).rejects.toMatchObject({ code: 'Live_TooManyOnAir' });
		const end = (id: string) => rooms.note(id, { kind: 'ended', reason: 'away' });
		const statuses = async () => new Set(await Promise.all([show, ...others].map(async (id) => (await market.reads.live.show(id))?.status)));
		await endLongShows({ db: market.db, now: () => market.now() + 11 * 3600, end, onError });
		expect(await statuses()).toEqual(new Set(['live']));
		await endLongShows({ db: market.db, now: () => market.now() + 13 * 3600, end, onError });
		expect(await statuses()).toEqual(new Set(['ended']));
		await rooms.door.step(await begin(), host.address, 'end');
	});
});
