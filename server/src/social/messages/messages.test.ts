import { shopAbi } from '@kaishi/protocol/generated/shop';
import type { OfferTerms } from '@kaishi/protocol/order';
import { offerIdOf, shopRoles } from '@kaishi/protocol/shop';
import { type ConversationPage, type ConversationView, messageHashOf, type ResponseTime, type Unread } from '@kaishi/protocol/social';
import { type Address, encodeFunctionData, type Hex } from 'viem';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import {
	type Actor,
	buy,
	listen,
	openConversation,
	openShop,
	openTestMarket,
	ordinaryTerms,
	publishListing,
	randomSalt,
	say,
	ship,
	type TestMarket,
	uploadPrivatePicture,
} from '../../../../testkit/src/index.ts';
import { drawTestPicture, pngBomb } from '../../platform/media/test-pictures.ts';
import { forgetUnsentPictures } from './conversation-store.ts';

let market: TestMarket;
let seller: Actor;
let buyer: Actor;
let stranger: Actor;
let staff: Actor;
let shopId: bigint;
let listingId: bigint;
let offer: { offerId: bigint; terms: OfferTerms };

beforeAll(async () => {
	market = await openTestMarket();
	[seller, buyer, stranger, staff] = [await market.passkeyUser(), await market.walletUser(), await market.walletUser(), await market.passkeyUser()];
	({ shopId, listingId, offer } = await openStall('talking-shop', seller));
	for (const actor of [seller, buyer, stranger, staff]) await actor.signIn();
});
afterAll(() => market?.close());

async function openStall(slug: string, owner: Actor) {
	const id = await openShop(owner, { slug });
	const terms = await ordinaryTerms(owner, { unitPrice: 1000n, shippingPrice: 0n });
	const listing = await publishListing(owner, { shopId: id, terms: [terms], stocks: [100] });
	return { shopId: id, listingId: listing, offer: { offerId: offerIdOf(listing, 0), terms } };
}
const callShop = (actor: Actor, data: Hex) => actor.execute([{ to: market.deployment.contracts.shop, data }]);
const setStaff = (account: Address, roles: number, id = shopId) =>
	callShop(seller, encodeFunctionData({ abi: shopAbi, functionName: 'setStaff', args: [id, account, roles] }));
const unreadOf = (actor: Actor) => actor.client.get<Unread>('/api/unread');
const inboxOf = (actor: Actor, id = shopId) => actor.client.get<{ items: ConversationView[]; next: string | null }>(`/api/conversations?shopId=${id}`);
const put = (actor: Actor, id: string, what: string, body: unknown) => actor.client.put(`/api/conversations/${id}/${what}`, body);
const newcomer = async () => {
	const actor = await market.walletUser();
	await actor.signIn();
	return actor;
};

describe('talking', () => {
	test('default: a question and its answer, in order, each chained to the one before by its hash', async () => {
		const { id } = await openConversation(buyer, shopId);
		expect((await openConversation(buyer, shopId)).id).toBe(id);
		await say(buyer, id, 'Is it this year’s tea?\u202e');
		await say(seller, id, '是的，今年的。');
		await say(buyer, id, { text: 'Good.', locale: 'zh-CN' });
		const page = await listen(seller, id);
		expect(page.messages.map(({ seq, side, author, text }) => [seq, side, author, text])).toEqual([
			[1, 'buyer', buyer.address, 'Is it this year’s tea?'],
			[2, 'shop', seller.address, '是的，今年的。'],
			[3, 'buyer', buyer.address, 'Good.'],
		]);
		let previous: Hex | null = null;
		for (const message of page.messages) {
			expect(message.previous).toBe(previous);
			expect(messageHashOf({ ...message, picture: null, conversation: id })).toBe(message.hash);
			previous = message.hash;
		}
		expect(page.conversation).toMatchObject({ side: 'shop', buyerLocale: 'zh-CN', assignee: seller.address });
		expect((await listen(buyer, id)).conversation).toMatchObject({ side: 'buyer', assignee: null });
	});

	test('behavior: the same id again adds nothing, at the same moment either; other words under it are refused', async () => {
		const asker = await newcomer();
		const { id } = await openConversation(asker, shopId);
		const message = { id: randomSalt(), text: 'once' };
		const answers = await Promise.all([say(asker, id, message), say(asker, id, message), say(asker, id, message)]);
		expect(new Set(answers.map((answer) => answer.hash)).size).toBe(1);
		expect((await listen(asker, id)).messages).toHaveLength(1);
		await expect(say(asker, id, { ...message, text: 'twice' })).rejects.toMatchObject({ code: 'Social_MessageIdReused', kind: 'conflict' });
	});

	test('behavior: messages sent at once are all kept, each in a place of its own', async () => {
		const asker = await newcomer();
		const { id } = await openConversation(asker, shopId);
		await Promise.all([...'abcdefgh'].flatMap((letter) => [say(asker, id, letter), say(seller, id, letter.toUpperCase())]));
		const { messages } = await listen(asker, id);
		expect(messages.map((message) => message.seq)).toEqual(Array.from({ length: 16 }, (_, i) => i + 1));
	});

	test('behavior: pages go backwards, and forwards from what is known', async () => {
		const asker = await newcomer();
		const { id } = await openConversation(asker, shopId);
		for (const text of ['1', '2', '3', '4', '5']) await say(asker, id, text);
		const textsOf = (page: ConversationPage) => page.messages.map((message) => message.text);
		const last = await listen(asker, id, '?limit=2');
		expect([textsOf(last), last.more]).toEqual([['4', '5'], true]);
		const before = await listen(asker, id, '?limit=3&before=4');
		expect([textsOf(before), before.more]).toEqual([['1', '2', '3'], false]);
		expect(textsOf(await listen(asker, id, '?after=3'))).toEqual(['4', '5']);
	});

	test('behavior: a flood of one sender is slowed, others go on', async () => {
		const [flooder, other] = [await newcomer(), await newcomer()];
		const { id } = await openConversation(flooder, shopId);
		const sent = Array.from({ length: 22 }, (_, i) =>
			say(flooder, id, `${i}`).then(
				() => 'sent',
				(refusal: { kind: string }) => refusal.kind,
			),
		);
		expect(await Promise.all(sent)).toContain('tooMany');
		await say(other, (await openConversation(other, shopId)).id, 'me too');
	});

	test.each([
		['nothing', {}],
		['too much', { text: 'x'.repeat(2001) }],
		['a bare id', { id: '0x12', text: 'a' }],
		['more than asked', { text: 'a', side: 'shop' }],
	])('error: %s, and what was typed is not repeated', async (_, message) => {
		const { id } = await openConversation(buyer, shopId);
		const refused = buyer.client.post(`/api/conversations/${id}/messages`, { id: randomSalt(), locale: 'en', ...message });
		await expect(refused).rejects.toMatchObject({ code: 'Request_Invalid' });
		await expect(refused).rejects.not.toThrow(/xxx/);
	});
});

describe('who may', () => {
	test('the two sides only: nobody else reads, writes, marks, blocks, assigns, uploads or fetches, nor learns that it exists', async () => {
		const { id } = await openConversation(buyer, shopId);
		await say(buyer, id, 'secret');
		const media = await uploadPrivatePicture(buyer, id, await drawTestPicture(60, 40).png().toBuffer());
		const nowhere = '00000000-0000-4000-8000-000000000000';
		for (const at of [id, nowhere]) {
			const unknown = { code: 'Social_UnknownConversation', kind: 'notFound' };
			await expect(listen(stranger, at)).rejects.toMatchObject(unknown);
			await expect(say(stranger, at, 'hi')).rejects.toMatchObject(unknown);
			await expect(put(stranger, at, 'read', { seq: 1 })).rejects.toMatchObject(unknown);
			await expect(put(stranger, at, 'block', { blocked: true })).rejects.toMatchObject(unknown);
			await expect(put(stranger, at, 'assignee', { account: stranger.address })).rejects.toMatchObject(unknown);
			await expect(uploadPrivatePicture(stranger, at, new Uint8Array(3))).rejects.toMatchObject(unknown);
			await expect(stranger.client.get(`/api/conversations/${at}/pictures/${media.cid}/${media.renditions[0]?.cid}`)).rejects.toMatchObject(unknown);
		}
		await expect(listen(stranger, "1' or '1'='1")).rejects.toMatchObject({ kind: 'notFound' });
		const nobody = market.client();
		for (const path of [`/api/conversations/${id}`, '/api/conversations', '/api/unread', '/api/notifications'])
			await expect(nobody.get(path)).rejects.toMatchObject({ code: 'Session_Required' });
		await expect(inboxOf(stranger)).rejects.toMatchObject({ code: 'Shop_Unauthorized' });
		await expect(put(buyer, id, 'assignee', { account: buyer.address })).rejects.toMatchObject({ code: 'Shop_Unauthorized' });
	});

	test('staff with the orders role read and write for the shop, and lose both with the role; staff of the live role get what was handed to them', async () => {
		const { id } = await openConversation(buyer, shopId);
		await say(buyer, id, 'anybody there?');
		await setStaff(staff.address, shopRoles.catalogue | shopRoles.money);
		await expect(listen(staff, id)).rejects.toMatchObject({ kind: 'notFound' });
		await setStaff(staff.address, shopRoles.orders);
		expect((await say(staff, id, 'I am.')).side).toBe('shop');
		expect((await inboxOf(staff)).items.some((item) => item.id === id)).toBe(true);

		await setStaff(staff.address, shopRoles.live);
		await expect(listen(staff, id)).rejects.toMatchObject({ kind: 'notFound' });
		await put(seller, id, 'assignee', { account: staff.address });
		expect((await say(staff, id, 'Mine now.')).side).toBe('shop');
		expect((await inboxOf(staff)).items.map((item) => item.id)).toEqual([id]);

		await setStaff(staff.address, 0);
		await expect(listen(staff, id)).rejects.toMatchObject({ kind: 'notFound' });
		await expect(say(staff, id, 'still here')).rejects.toMatchObject({ kind: 'notFound' });
		await expect(inboxOf(staff)).rejects.toMatchObject({ code: 'Shop_Unauthorized' });
		await expect(put(seller, id, 'assignee', { account: staff.address })).rejects.toMatchObject({ code: 'Social_NotStaff' });
	});

	test('a shop answers; it writes first only to who ordered there, and nobody asks their own shop', async () => {
		const customer = await newcomer();
		await expect(openConversation(seller, shopId, customer.address)).rejects.toMatchObject({ code: 'Social_UnknownBuyer' });
		await expect(openConversation(stranger, shopId, customer.address)).rejects.toMatchObject({ code: 'Shop_Unauthorized' });
		await expect(openConversation(seller, shopId)).rejects.toMatchObject({ code: 'Social_OwnShop' });
		await expect(openConversation(buyer, 999_999n)).rejects.toMatchObject({ code: 'Shop_Unknown' });
		await buy(customer, offer);
		const { id } = await openConversation(seller, shopId, customer.address);
		await say(seller, id, 'Your street has no number.');
		expect((await unreadOf(customer)).messages).toBe(1);
	});

	test('a shop that changes hands: the new owner sees only what is said from then on, the former one nothing, the buyer all', async () => {
		const heir = await newcomer();
		const { shopId: sold } = await openStall('sold-shop', seller);
		const { id } = await openConversation(buyer, sold);
		await say(buyer, id, 'between us');
		await seller.client.put(`/api/shops/${sold}/quick-replies`, [{ en: 'Call me on 555' }]);
		await callShop(seller, encodeFunctionData({ abi: shopAbi, functionName: 'transferFrom', args: [seller.address, heir.address, sold] }));
		for (const actor of [seller, heir]) await expect(listen(actor, id)).rejects.toMatchObject({ kind: 'notFound' });
		expect((await inboxOf(heir, sold)).items).toEqual([]);
		expect(await heir.client.get(`/api/shops/${sold}/quick-replies`)).toEqual([]);
		const old = await listen(buyer, id);
		expect([old.conversation.closed, old.messages[0]?.text]).toEqual([true, 'between us']);
		await expect(say(buyer, id, 'hello?')).rejects.toMatchObject({ code: 'Social_ShopChangedHands' });
		const fresh = await openConversation(buyer, sold);
		expect(fresh.id).not.toBe(id);
		await say(buyer, fresh.id, 'new owner?');
		expect((await listen(heir, fresh.id)).messages).toHaveLength(1);
	});

	test('blocking: each side for itself; the other is told so and nothing arrives', async () => {
		const pest = await newcomer();
		const { id } = await openConversation(pest, shopId);
		await say(pest, id, 'buy my coins');
		await put(seller, id, 'block', { blocked: true });
		await expect(say(pest, id, 'hello?')).rejects.toMatchObject({ code: 'Social_Blocked' });
		await expect(say(seller, id, 'go away')).rejects.toMatchObject({ code: 'Social_Blocking' });
		expect((await listen(pest, id)).conversation).toMatchObject({ blocked: true, blocking: false });
		await put(seller, id, 'block', { blocked: false });
		await say(pest, id, 'sorry');
	});
});

describe('cards', () => {
	test('an order and a product are shown as they are now, to each side with its own next steps', async () => {
		const { id } = await openConversation(buyer, shopId);
		const { order, orderId } = await buy(buyer, offer);
		await say(buyer, id, { card: { kind: 'order', id: orderId } });
		await say(buyer, id, { card: { kind: 'listing', id: listingId.toString() } });
		const [seen] = (await listen(buyer, id)).orders;
		expect(seen).toMatchObject({ id: orderId, state: 'placed', role: 'buyer' });
		expect((await listen(seller, id)).orders[0]?.nextActions.map((next) => next.action)).toContain('ship');
		await ship(seller, order);
		expect((await listen(buyer, id)).orders[0]).toMatchObject({ state: 'shipped' });
		expect((await listen(buyer, id)).listings[0]).toMatchObject({ id: listingId.toString(), listed: true });
	});

	test('error: somebody else’s order, another shop’s product, what never was', async () => {
		const { id } = await openConversation(buyer, shopId);
		const other = await openStall('other-shop', seller);
		const theirs = await buy(await newcomer(), offer);
		const elsewhere = await buy(buyer, other.offer);
		for (const card of [
			{ kind: 'order', id: theirs.orderId },
			{ kind: 'order', id: elsewhere.orderId },
			{ kind: 'order', id: randomSalt() },
			{ kind: 'listing', id: other.listingId.toString() },
			{ kind: 'listing', id: (listingId + 5n).toString() },
		] as const)
			await expect(say(buyer, id, { card })).rejects.toMatchObject({ code: 'Social_UnknownCard' });
	});
});

describe('pictures', () => {
	test('default: drawn anew, shown to the two sides, and to nobody at the public address', async () => {
		const { id } = await openConversation(buyer, shopId);
		const media = await uploadPrivatePicture(
			buyer,
			id,
			await drawTestPicture(800, 600)
				.jpeg()
				.withExif({ IFD0: { Copyright: 'home, sweet home' } })
				.toBuffer(),
		);
		await say(buyer, id, { picture: media.cid });
		const shown = (await listen(seller, id)).messages.at(-1)?.picture;
		const rendition = shown?.renditions[0]?.cid;
		const answer = await seller.client.fetch(`/api/conversations/${id}/pictures/${media.cid}/${rendition}`);
		expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'private, no-store']);
		expect(Buffer.from(await answer.arrayBuffer()).includes('sweet home')).toBe(false);
		for (const cid of [media.cid, rendition]) expect((await buyer.client.fetch(`/media/${cid}`)).status).toBe(404);
		// A manifest is not a picture, and a name from elsewhere is no rendition of this one.
		for (const cid of [media.cid, '..%2F..%2Fkeys', 'x'])
			expect((await buyer.client.fetch(`/api/conversations/${id}/pictures/${media.cid}/${cid}`)).status).toBe(404);
	});

	test('behavior: a picture belongs to the conversation it was sent into', async () => {
		const other = await newcomer();
		const [mine, theirs] = [await openConversation(buyer, shopId), await openConversation(other, shopId)];
		const media = await uploadPrivatePicture(buyer, mine.id, await drawTestPicture(90, 40).png().toBuffer());
		await expect(say(other, theirs.id, { picture: media.cid })).rejects.toMatchObject({ code: 'Social_UnknownPicture' });
		expect((await other.client.fetch(`/api/conversations/${theirs.id}/pictures/${media.cid}/${media.renditions[0]?.cid}`)).status).toBe(404);
	});

	test('behavior: uploads that were never sent can be fetched for a day', async () => {
		const { id } = await openConversation(buyer, shopId);
		const [kept, dropped] = [await drawTestPicture(70, 50).png().toBuffer(), await drawTestPicture(50, 70).png().toBuffer()];
		const [sent, unsent] = [await uploadPrivatePicture(buyer, id, kept), await uploadPrivatePicture(buyer, id, dropped)];
		await say(buyer, id, { picture: sent.cid });
		await market.db.query(`update social_private.pictures set uploaded_at = now() - interval '2 days'`);
		await forgetUnsentPictures(market.db);
		const statusOf = async (media: typeof sent) =>
			(await buyer.client.fetch(`/api/conversations/${id}/pictures/${media.cid}/${media.renditions[0]?.cid}`)).status;
		expect([await statusOf(sent), await statusOf(unsent)]).toEqual([200, 404]);
	});

	test.each([
		['a page that calls itself a picture', Buffer.from('<svg onload="alert(1)">'), 'Media_UnsupportedType'],
		['a bomb', pngBomb(20_000, 20_000), 'Media_TooManyPixels'],
	])('error: %s', async (_, bytes, code) => {
		const { id } = await openConversation(buyer, shopId);
		await expect(uploadPrivatePicture(buyer, id, bytes)).rejects.toMatchObject({ code });
	});
});

describe('unread, receipts and news', () => {
	test('counts go up with what the other side says and down with reading, which the other side sees', async () => {
		const asker = await newcomer();
		const { id } = await openConversation(asker, shopId);
		const before = (await unreadOf(seller)).messages;
		await say(asker, id, 'one');
		await say(asker, id, 'two');
		expect((await unreadOf(seller)).messages).toBe(before + 1);
		expect((await listen(seller, id)).conversation.unread).toBe(2);
		expect((await unreadOf(asker)).messages).toBe(0);
		await put(seller, id, 'read', { seq: 1 });
		expect((await listen(seller, id)).conversation.unread).toBe(1);
		await put(seller, id, 'read', { seq: 999 });
		await put(seller, id, 'read', { seq: 1 });
		expect((await unreadOf(seller)).messages).toBe(before);
		expect((await listen(asker, id)).conversation.readByOther).toBe(2);
	});

	test('sockets tell the two sides; a stranger who asks for their topic is shown the door', async () => {
		// Somebody new: the others have said as much as one account may in a moment.
		const asker = await newcomer();
		const { id } = await openConversation(asker, shopId);
		const [asSeller, asStranger] = [await hear(seller, seller.address), await hear(stranger, asker.address)];
		await vi.waitFor(() => expect(asStranger.socket.readyState).toBe(WebSocket.CLOSED));
		await say(asker, id, 'psst');
		await vi.waitFor(() => expect(asSeller.heard).toContainEqual({ topic: `account:${seller.address.toLowerCase()}`, block: '', event: 'MessageSent' }));
		expect(asStranger.heard).toEqual([]);
		asSeller.socket.close();
	});
});

/** A socket with the actor's session, subscribed to an account's news. */
async function hear(actor: Actor, account: Address) {
	const socket = new WebSocket(`${market.url.replace('http', 'ws')}/api/socket`, { headers: { origin: market.url, cookie: actor.client.cookieHeader() } });
	const heard: unknown[] = [];
	socket.on('message', (data) => heard.push(JSON.parse(data.toString())));
	await new Promise((resolve) => socket.once('open', resolve));
	socket.send(JSON.stringify({ subscribe: [`account:${account}`] }));
	// What the hub has answered it has read, and so what came before.
	socket.ping();
	await new Promise((resolve) => socket.once('pong', resolve).once('close', resolve));
	return { socket, heard };
}

describe('what a shop is known for', () => {
	test('response time: the median of what happened, said once three people have asked; a question nobody answers for a day counts', async () => {
		const { shopId: id } = await openStall('prompt-shop', seller);
		const spoken = () => market.client().get<ResponseTime | null>(`/api/shops/${id}/response-time`);
		const waits = [600, 3000, 7000];
		for (const [i, wait] of waits.entries()) {
			expect(await spoken(), `after ${i} answers`).toBeNull();
			const asker = await newcomer();
			const conversation = await openConversation(asker, id);
			await say(asker, conversation.id, 'When?');
			await market.advance(60);
			await say(asker, conversation.id, 'Hello?');
			await market.advance(wait - 60);
			await say(seller, conversation.id, 'Tomorrow.');
		}
		const known = await spoken();
		expect(known).toMatchObject({ questions: 3, withinSeconds: 3600 });
		expect(known?.medianSeconds).toBeGreaterThanOrEqual(3000);
		for (let i = 0; i < 3; i++) {
			const asker = await newcomer();
			await say(asker, (await openConversation(asker, id)).id, 'And me?');
		}
		expect(await spoken()).toEqual(known);
		await market.advance(2 * 86_400);
		expect(await spoken()).toMatchObject({ questions: 6, withinSeconds: 2 * 86_400 });
		await market.advance(31 * 86_400);
		expect(await spoken()).toBeNull();
	});

	test('quick replies: the shop’s own, kept in both languages', async () => {
		const replies = [{ en: 'We ship today.', 'zh-CN': '今天发货。' }];
		expect(await seller.client.put(`/api/shops/${shopId}/quick-replies`, replies)).toEqual(replies);
		expect(await seller.client.get(`/api/shops/${shopId}/quick-replies`)).toEqual(replies);
		await expect(stranger.client.put(`/api/shops/${shopId}/quick-replies`, [])).rejects.toMatchObject({ code: 'Shop_Unauthorized' });
		await expect(stranger.client.get(`/api/shops/${shopId}/quick-replies`)).rejects.toMatchObject({ code: 'Shop_Unauthorized' });
	});
});

test('a rebuild of the tables loses no word, no marker and no notification', async () => {
	const { id } = await openConversation(buyer, shopId);
	const before = { page: await listen(buyer, id), unread: [await unreadOf(buyer), await unreadOf(seller)], prints: await market.fingerprints() };
	await market.reindex();
	expect({ page: await listen(buyer, id), unread: [await unreadOf(buyer), await unreadOf(seller)], prints: await market.fingerprints() }).toEqual(before);
	expect(Object.keys(before.prints)).toContain('social.notifications');
});
