import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { type PlayTicket, type PublishTicket, type RoomEvent, type RoomFrame, type ShowView, ticketProtocols } from '@kaishi/protocol/live';
import type { IntentAnswer, IntentRequest, SignedReceipt } from '@kaishi/protocol/operator';
import { type Order, orderIdOf } from '@kaishi/protocol/order';
import { Refusal } from '@kaishi/protocol/platform/errors';
import type { Hex } from 'viem';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { createTestPublisher } from '../../../server/src/live/media/test-publisher.ts';
import { fenced } from '../../../server/src/platform/cluster/term.ts';
import {
	depositInto,
	draftOrder,
	freshTabKey,
	MarketClient,
	makeVoice,
	openShop,
	openTab,
	PasskeyUser,
	pledgeOffer,
	receiptKept,
	signIntent,
	type Tab,
	TabBuyer,
	WalletUser,
} from '../actors/index.ts';
import { openStall, type SignedOrder, type Stall, sendOrder, signOrder } from '../load/order-load.ts';
import { type Grounds, openGrounds } from '../process/several-servers.ts';
import type { SpawnedMarket } from '../process/spawn-market.ts';

let grounds: Grounds;
let servers: SpawnedMarket[] = [];
let stall: Stall;

beforeAll(async () => {
	grounds = await openGrounds();
	// At once: one of them deploys, the other finds what stands there.
	servers = await Promise.all([grounds.open(), grounds.open()]);
	stall = await openStall(servers[0]?.url ?? '', { buyers: 20, seed: 'several servers' });
}, 240_000);
afterAll(async () => {
	await Promise.all(servers.map((server) => server.close()));
	await grounds?.close();
});

/** Leader first. A machine that is very busy may change leaders by itself: then they are asked again. */
async function inOrder(): Promise<[SpawnedMarket, SpawnedMarket]> {
	let leads: boolean[] = [];
	await until(async () => {
		leads = await Promise.all(servers.map((server) => server.ask.leads()));
		return leads.filter(Boolean).length === 1;
	});
	const [one, two] = leads[0] ? servers : servers.toReversed();
	return [one as SpawnedMarket, two as SpawnedMarket];
}

/** The same stall and the same people, through another server. */
const through = (server: SpawnedMarket, at: Stall = stall): Stall => ({
	...at,
	buyers: at.buyers.map((buyer) => new WalletUser(new MarketClient(server.url), buyer.privateKey)),
});

/** Sends an order every few milliseconds, whatever became of the one before, until told to stop. */
class Stream {
	readonly sent: Promise<{ order: Order; at: number | null; error: unknown }>[] = [];
	readonly #stall: Stall;
	#stopped = false;
	readonly #running: Promise<void>;

	constructor(server: SpawnedMarket) {
		this.#stall = through(server);
		this.#running = this.#run();
	}

	/** What became of all that were sent. */
	async stop() {
		this.#stopped = true;
		await this.#running;
		return await Promise.all(this.sent);
	}

	async #run(): Promise<void> {
		for (let i = 0; !this.#stopped; i++) {
			// Whoever signs asks the server for the time: one that is dead gets no more orders.
			const signed = await signOrder(this.#stall, i).catch(() => null);
			if (signed === null) return;
			this.sent.push(
				sendOrder(signed).then(
					({ at }) => ({ order: signed.order, at, error: null }),
					(error: unknown) => ({ order: signed.order, at: null, error }),
				),
			);
			await new Promise((resolve) => setTimeout(resolve, 25));
		}
	}
}

type Sent = Awaited<ReturnType<Stream['stop']>>;

async function idsOf(sent: Sent): Promise<Hex[]> {
	const { chainId, contracts } = await new MarketClient(servers.at(-1)?.url ?? '').market();
	return sent.map(({ order }) => orderIdOf(order, chainId, contracts.orderBook));
}

/** Longest time in which nothing was acknowledged. */
function reportGap(what: string, times: readonly number[]): void {
	const sorted = [...times].sort((a, b) => a - b);
	const gap = Math.max(...sorted.slice(1).map((at, i) => at - (sorted[i] ?? at)));
	process.stdout.write(`${what}: longest time without an acknowledgement at the server that stayed: ${Math.round(gap)} ms\n`);
}

async function placedIds({ offerId }: Pick<Stall, 'offerId'> = stall): Promise<Hex[]> {
	const { rows } = await grounds.db.query<{ id: Hex }>('select order_id as id from "order".orders where offer_id = $1', [offerId.toString()]);
	return rows.map(({ id }) => id);
}

/** Resolves once the server's sockets tell of trades; what it returns, once they have told of one since. */
async function listenToTrades(server: SpawnedMarket): Promise<() => Promise<void>> {
	const socket = new WebSocket(`${server.url.replace('http', 'ws')}/api/socket`, { headers: { origin: server.url } });
	const heard = Promise.withResolvers<void>();
	socket.on('message', (data) => String(data).includes('OrderPlaced') && heard.resolve());
	await once(socket, 'open');
	socket.send(JSON.stringify({ subscribe: ['trades'] }));
	return async () => {
		await heard.promise;
		socket.terminate();
	};
}

const errorsOf = (sent: Sent) => sent.flatMap(({ error }) => (error === null ? [] : [String(error)]));

const currentTerm = async () => (await grounds.db.query<{ term: number }>('select term from cluster.leader')).rows[0]?.term ?? 0;

const report = (what: string, sent: Sent) =>
	reportGap(
		what,
		sent.flatMap(({ at }) => (at === null ? [] : [at])),
	);
const until = async (holds: () => Promise<boolean>) => {
	while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 20));
};

test('orders through both at once for what is scarce: all of it is sold, once; both show every order and tell whoever listens', async () => {
	const [leader, follower] = await inOrder();
	const scarce = await openStall(follower.url, { buyers: 24, seed: 'scarce', stock: 15 });
	const listeners = await Promise.all(servers.map(listenToTrades));
	const orders = await Promise.all([leader, follower].flatMap((server) => Array.from({ length: 24 }, (_, i) => signOrder(through(server, scarce), i))));
	const answers = await Promise.allSettled(orders.map(sendOrder));
	const sold = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value.orderId] : []));
	expect(sold).toHaveLength(15);
	for (const answer of answers) if (answer.status === 'rejected') expect(answer.reason).toMatchObject({ code: 'Catalog_SoldOut' });
	for (const server of servers) expect(await server.ask.missingOrders(sold)).toEqual([]);
	expect((await placedIds(scarce)).toSorted()).toEqual(sold.toSorted());
	// The same order again, at the other server: the same answer, and nothing more.
	const again = orders[answers.findIndex((answer) => answer.status === 'fulfilled')] as SignedOrder;
	for (const server of servers) {
		const buyer = new WalletUser(new MarketClient(server.url), again.buyer.privateKey);
		expect(sold).toContain((await sendOrder({ ...again, buyer })).orderId);
	}
	expect(await placedIds(scarce)).toHaveLength(15);
	await Promise.all(listeners.map((heard) => heard()));
});

test('purchases on one tab through both: one history, countersigned by whoever leads', async () => {
	const [leader, follower] = await inOrder();
	const buyer = await PasskeyUser.register(new MarketClient(follower.url));
	await buyer.client.post('/api/faucet', { account: buyer.address });
	const currency = (await buyer.client.market()).currencies[0]?.address ?? '0x';
	const one = new TabBuyer(await openTab(buyer, { currency, amount: 5_000_000n }));
	const friend = freshTabKey().address;
	await one.tip(friend, 1_000_000n, '谢谢');
	const other = new TabBuyer({ ...one.tab, client: new MarketClient(leader.url) });
	const { last } = await other.channel();
	expect(last).toEqual(one.last);
	other.book = one.book;
	await other.tip(friend, 2_000_000n);
	await expect(one.tip(friend, 1_000_000n)).rejects.toMatchObject({ code: 'Tab_OutOfStep' });
	one.book = other.book;
	await one.settle();
	const balances = await buyer.client.get<{ currency: string; amount: string }[]>(`/api/accounts/${friend}/balances`);
	expect(balances).toMatchObject([{ currency, amount: '3000000' }]);
});

test('a leader that is told to stop hands over under load, and nobody is refused', async () => {
	const [leader, follower] = await inOrder();
	const stream = new Stream(follower);
	await until(async () => (await placedIds()).length > 20);
	await leader.close();
	await until(() => follower.ask.leads());
	const before = (await placedIds()).length;
	await until(async () => (await placedIds()).length > before + 20);
	const sent = await stream.stop();
	servers = [follower, await grounds.open()];
	expect(errorsOf(sent)).toEqual([]);
	expect((await placedIds()).toSorted()).toEqual((await idsOf(sent)).toSorted());
	report('SIGTERM to the leader', sent);
});

test('kill -9 of the leader under load: the other takes over, and no order is lost or doubled', async () => {
	const [leader, follower] = await inOrder();
	const earlier = await placedIds();
	const streams = [new Stream(leader), new Stream(follower)];
	await until(async () => (await placedIds()).length > earlier.length + 60);
	await leader.kill();
	await until(() => follower.ask.leads());
	const before = (await placedIds()).length;
	await until(async () => (await placedIds()).length > before + 30);
	const [dead, survivor] = (await Promise.all(streams.map((stream) => stream.stop()))) as [Sent, Sent];
	servers = [follower, await grounds.open()];
	expect(errorsOf(survivor)).toEqual([]);
	const [ofDead, ofSurvivor] = [await idsOf(dead), await idsOf(survivor)];
	const placed = (await placedIds()).filter((id) => !earlier.includes(id));
	expect(new Set(placed).size).toBe(placed.length);
	expect(ofSurvivor.filter((id) => !placed.includes(id))).toEqual([]);
	expect(ofDead.filter((id, i) => dead[i]?.at !== null && !placed.includes(id))).toEqual([]);
	expect(placed.filter((id) => ![...ofDead, ...ofSurvivor].includes(id))).toEqual([]);
	report('kill -9 of the leader', survivor);
});

test('a leader that is frozen is replaced; thawed, it follows and writes nothing', async () => {
	const [leader, follower] = await inOrder();
	const term = await currentTerm();
	const before = await placedIds();
	const streams = [new Stream(leader), new Stream(follower)];
	await until(async () => (await placedIds()).length > before.length + 40);
	leader.process.kill('SIGSTOP');
	await until(() => follower.ask.leads());
	expect(await currentTerm()).toBeGreaterThan(term);
	const then = (await placedIds()).length;
	await until(async () => (await placedIds()).length > then + 30);
	leader.process.kill('SIGCONT');
	await expect(grounds.db.transaction((tx) => fenced(tx, term))).rejects.toMatchObject({ code: 'Cluster_NoLeader' });
	const [thawed, survivor] = (await Promise.all(streams.map((stream) => stream.stop()))) as [Sent, Sent];
	// Also those that the frozen server held are answered, by way of the new leader.
	expect(errorsOf([...thawed, ...survivor])).toEqual([]);
	const placed = (await placedIds()).filter((id) => !before.includes(id));
	expect(placed.toSorted()).toEqual([...(await idsOf(thawed)), ...(await idsOf(survivor))].toSorted());
	report('SIGSTOP of the leader', survivor);
});

/** Pieces kept for tabs of this market's operator, and signed intents of several buyers for more than there are. */
async function openDrop(origin: string, wish: { stock: number; intents: number }) {
	const stocked = await openStall(origin, { buyers: 5, seed: crypto.randomUUID(), stock: wish.stock });
	const { terms, offerId, buyers, seller } = stocked;
	await pledgeOffer(seller, offerId);
	const bank = await PasskeyUser.register(new MarketClient(origin));
	await bank.client.post('/api/faucet', { account: bank.address });
	const amount = terms.unitPrice * BigInt(wish.intents);
	const tabs: { buyer: WalletUser; tab: Tab }[] = [];
	for (const buyer of buyers) {
		await depositInto(bank, terms.currency, amount, buyer.address);
		tabs.push({ buyer, tab: await openTab(buyer, { currency: terms.currency, amount }) });
	}
	const sign = async ({ buyer, tab }: (typeof tabs)[number]) => signIntent(tab, await draftOrder(buyer, { offerId, terms }));
	return { offerId, intents: await Promise.all(Array.from({ length: wish.intents }, (_, i) => sign(tabs[i % tabs.length] as (typeof tabs)[number]))) };
}

test.each(['SIGKILL', 'SIGSTOP'] as const)(
	'a drop through both, the leader struck by %s in the middle: every receipt is kept, and as many as there are pieces',
	async (strike) => {
		const STOCK = 60;
		const [leader, follower] = await inOrder();
		const { offerId, intents } = await openDrop(follower.url, { stock: STOCK, intents: 90 });
		const receipts = new Map<Hex, SignedReceipt>();
		const times: number[] = [];
		let soldOut = 0;
		const unanswered: IntentRequest[] = [];
		const send = async (server: SpawnedMarket, intent: IntentRequest) => {
			try {
				const { orderId, receipt } = await new MarketClient(server.url).post<IntentAnswer>('/api/intents', intent);
				if (receipt === null) throw new Error('kept for us, and no receipt');
				receipts.set(orderId, receipt);
				if (server === follower) times.push(performance.now());
			} catch (error) {
				if (!(error instanceof Refusal)) unanswered.push(intent);
				else if (error.code === 'Catalog_SoldOut') soldOut++;
				else throw error;
			}
		};
		const sending: Promise<void>[] = [];
		for (const [i, intent] of intents.entries()) {
			sending.push(send(i % 3 === 0 && i < 30 ? leader : follower, intent));
			if (i === 20) leader.process.kill(strike);
			await new Promise((resolve) => setTimeout(resolve, 20));
		}
		await until(() => follower.ask.leads());
		leader.process.kill('SIGCONT');
		await Promise.all(sending);
		if (strike === 'SIGKILL') servers = [follower, await grounds.open()];
		for (const intent of unanswered.splice(0)) await send(follower, intent);
		expect({ receipts: receipts.size, soldOut, unanswered }).toEqual({ receipts: STOCK, soldOut: intents.length - STOCK, unanswered: [] });
		for (const [orderId, { signature }] of receipts) {
			expect(await receiptKept(new MarketClient(follower.url), orderId)).toMatchObject({ status: 'placed', signature });
		}
		for (const server of servers) expect(await server.ask.missingOrders([...receipts.keys()])).toEqual([]);
		expect((await placedIds({ offerId })).toSorted()).toEqual([...receipts.keys()].toSorted());
		expect(new Set([...receipts.values()].map(({ receipt }) => receipt.piece)).size).toBe(STOCK);
		reportGap(`${strike} of the leader in a drop`, times);
	},
);

/** A show that has begun. */
async function openShow(server: SpawnedMarket) {
	const host = new WalletUser(new MarketClient(server.url));
	await host.signIn();
	const shopId = String(await openShop(host, { slug: `shop-${randomBytes(4).toString('hex')}` }));
	const scheduledAt = (await host.client.now()) + 60;
	const { id } = await host.client.post<ShowView>('/api/live/shows', { shopId, title: { en: 'Tea' }, scheduledAt, cover: null, bag: [] });
	await host.client.post(`/api/live/${id}/start`, {});
	return { id, host };
}

const socketOf = (server: SpawnedMarket, path: string, headers: Record<string, string> = {}, ticket?: string) =>
	new WebSocket(`${server.url.replace('http', 'ws')}${path}`, ticket === undefined ? [] : ticketProtocols(ticket), {
		headers: { origin: server.url, ...headers },
	});

async function publishThrough(server: SpawnedMarket, client: MarketClient, id: string) {
	const { url, ticket } = await client.post<PublishTicket>(`/api/live/${id}/publish-ticket`, { door: 'browser' });
	const socket = socketOf(server, url, {}, ticket);
	const publisher = createTestPublisher(socket);
	await once(socket, 'open');
	publisher.configure();
	return publisher;
}

async function watchThrough(server: SpawnedMarket, id: string) {
	const { sources } = await new MarketClient(server.url).post<PlayTicket>(`/api/live/${id}/play-ticket`, {});
	const socket = socketOf(server, sources[0]?.url ?? '', {}, sources[0]?.ticket);
	let pictures = 0;
	socket.on('message', (data: Buffer, isBinary) => isBinary && data.toString('latin1', 4, 8) === 'moof' && pictures++);
	await once(socket, 'open');
	return { socket, pictures: () => pictures };
}

async function hearThrough(server: SpawnedMarket, id: string) {
	const socket = socketOf(server, `/api/live/${id}/room`);
	const events: RoomEvent[] = [];
	socket.on('message', (data) => events.push(...(JSON.parse(data.toString()) as RoomFrame).events));
	await until(async () => events.some(({ kind }) => kind === 'hello'));
	return {
		socket,
		lines: () => events.flatMap((event) => (event.kind === 'line' ? [event.line.text] : event.kind === 'hello' ? event.lines.map(({ text }) => text) : [])),
	};
}

test('a show through both: who follows passes pictures, playlists and talk on; after kill -9 of the leader all come back', async () => {
	const [leader, follower] = await inOrder();
	const show = await openShow(follower);
	const voice = await makeVoice(show.host, 'Mei');
	const clientAt = (server: SpawnedMarket) => show.host.client.at(server.url);
	const speak = async (server: SpawnedMarket, text: string) => {
		const speaking = socketOf(server, `/api/live/${show.id}/room`, { cookie: show.host.client.cookieHeader() });
		await once(speaking, 'message');
		speaking.send(JSON.stringify({ do: 'say', ref: '1', record: await voice.line(show.id, text) }));
		return speaking;
	};
	const play = async (from: Awaited<ReturnType<typeof publishThrough>>, base: number) => {
		for (let i = 0; i < 40; i++) from.picture(base + i);
	};
	const host = await publishThrough(leader, clientAt(leader), show.id);
	const [watching, hearing] = [await watchThrough(follower, show.id), await hearThrough(follower, show.id)];
	await play(host, 0);
	await speak(leader, 'good tea');
	await until(async () => watching.pictures() > 5 && hearing.lines().includes('good tea'));
	const playlist = await fetch(`${follower.url}/api/live/${show.id}/hls/r0/live.m3u8`);
	expect(await playlist.text()).toContain('#EXT-X-PART:DURATION=');
	expect(await clientAt(follower).get(`/api/live/${show.id}/health`)).toMatchObject({ live: true });
	await expect(new MarketClient(follower.url).get(`/api/live/${show.id}/health`)).rejects.toMatchObject({ code: 'Session_Required' });
	const lost = Promise.all([once(watching.socket, 'close'), once(hearing.socket, 'close')]);
	await leader.kill();
	await lost;
	await until(() => follower.ask.leads());
	servers = [follower, await grounds.open()];
	// The server that is new follows: the host comes back through it, viewers through the one that leads now.
	const [, fresh] = await inOrder();
	const again = await publishThrough(fresh, clientAt(fresh), show.id);
	const [watchingAgain, hearingAgain] = [await watchThrough(follower, show.id), await hearThrough(fresh, show.id)];
	await play(again, 0);
	await speak(fresh, 'we are back');
	await until(async () => watchingAgain.pictures() > 5 && hearingAgain.lines().includes('we are back'));
	expect(hearingAgain.lines()).toContain('good tea');
	for (const { socket } of [watchingAgain, hearingAgain, again]) socket.terminate();
});

test('the chain itself is killed and returns: the servers wait for it and go on', async () => {
	const [, follower] = await inOrder();
	const before = await placedIds();
	const stream = new Stream(follower);
	await until(async () => (await placedIds()).length > before.length + 20);
	await grounds.restartChain();
	const then = (await placedIds()).length;
	await until(async () => (await placedIds()).length > then + 20);
	const sent = await stream.stop();
	const [ids, placed] = [await idsOf(sent), (await placedIds()).filter((id) => !before.includes(id))];
	expect(ids.filter((id, i) => sent[i]?.at !== null && !placed.includes(id))).toEqual([]);
	expect(new Set(placed).size).toBe(placed.length);
	report('kill -9 of the chain', sent);
});
