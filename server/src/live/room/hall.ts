import { isOnAir, type RoomEvent, type RoomRequest, urgentEvents } from '@kaishi/protocol/live';
import { Refusal } from '@kaishi/protocol/platform/errors';
import type { ServerMessage } from '@kaishi/protocol/platform/socket';
import { type Address, getAddress } from 'viem';
import { LOCAL } from '../../platform/http/peer-address.ts';
import { createRateLimiter } from '../../platform/limits/rate-limit.ts';
import type { RoomReport, RoomStage } from '../stage/room-messages.ts';
import type { ShowNews } from './picture.ts';
import { bagOf, pinsOf } from './query.ts';
import { Room } from './room.ts';
import { noteShow, type ShowsContext } from './shows.ts';
import { StockWatch } from './stock.ts';
import { type Said, type Saying, takeLines } from './talk.ts';
import { toPinView } from './views.ts';

export interface RoomsContext extends ShowsContext {
	stage: RoomStage;
	/** Tells lists of shows that one has changed. */
	publish(messages: readonly ServerMessage[]): void;
	onError(error: unknown): void;
}

const WRITE_MS = 2000;
/** Lines from one address: a family, an office. */
const TALK = { burst: 30, perSecond: 5 };
const LINES_AT_ONCE = 200;
/** Lines that wait to be written down; more are refused. */
const MAX_WAITING = 2000;
/** How long the last words of a show can be read before its sockets close, ms. */
const LINGER_MS = 10_000;

interface OpenRoom {
	room: Room;
	/** What its stock is watched for. */
	bag: string[];
	said: Saying[];
	talking: boolean;
}

/** All rooms that somebody is in, or was a moment ago, and what is told to them. */
export class Hall {
	readonly stock: StockWatch;
	readonly #context: RoomsContext;
	readonly #rooms = new Map<string, Promise<OpenRoom | null>>();
	readonly #mayTalk = createRateLimiter(TALK);
	readonly #stopHearing: () => void;
	readonly #writing: NodeJS.Timeout;
	readonly #ending = new Set<NodeJS.Timeout>();
	#written: Promise<void> = Promise.resolve();

	constructor(context: RoomsContext) {
		this.#context = context;
		this.stock = new StockWatch(context.db, (listingId, events) => void this.#tellStock(listingId, events), context.onError);
		this.#stopHearing = context.stage.onReport((report) => void this.#hear(report).catch(context.onError));
		this.#writing = setInterval(() => this.#write(), WRITE_MS);
		this.#writing.unref();
	}

	say(showId: string, events: RoomEvent[]): void {
		const opening = this.#rooms.get(showId);
		if (events.length === 0 || !opening) return;
		opening.then(
			(open) => open?.room.changed(),
			() => undefined,
		);
		this.#context.stage.send({ type: 'say', showId, events, urgent: events.some(({ kind }) => urgentEvents.has(kind)) });
	}

	announce(showId: string): void {
		const event = { block: '', event: 'ShowChanged' };
		this.#context.publish([
			{ topic: 'live', ...event },
			{ topic: `live:${showId}`, ...event },
		]);
	}

	async tellState(showId: string): Promise<void> {
		this.announce(showId);
		await this.#refreshed(showId, ({ room }) => {
			this.say(showId, [{ kind: 'show', state: room.state }]);
			if (room.show.status === 'ended') this.#end(showId);
		});
	}

	async tellBag(showId: string): Promise<void> {
		await this.#refreshed(showId, async (open) => {
			this.stock.unwatch(open.bag);
			open.bag = await bagOf(this.#context.db, showId);
			this.stock.watch(open.bag);
			this.say(showId, [{ kind: 'bag' }, await this.#pinOf(showId)]);
		});
	}

	async tellPin(showId: string): Promise<void> {
		if (this.#rooms.has(showId)) this.say(showId, [await this.#pinOf(showId)]);
	}

	async tellRules(showId: string): Promise<void> {
		await this.#refreshed(showId, ({ room }) => this.say(showId, [{ kind: 'rules', rules: room.rules }]));
	}

	/** Who somebody is has changed. */
	async tellEveryone(showId: string): Promise<void> {
		await this.#refreshed(showId, async ({ room }) => {
			for (const member of room.members.values()) if (member.account !== null) await this.#tellYou(room, member.connection, member.account);
		});
	}

	async moderated(showId: string, events: RoomEvent[], account: Address | null, banned: boolean): Promise<void> {
		await this.#refreshed(showId, async ({ room }) => {
			this.say(showId, events);
			if (account === null) return;
			for (const connection of room.connectionsOf(account)) await this.#tellYou(room, connection, account);
			if (banned) this.#context.stage.send({ type: 'kick', showId, account });
		});
	}

	async note(showId: string, news: ShowNews): Promise<void> {
		if (await this.#note(showId, news)) await this.tellState(showId);
	}

	async close(): Promise<void> {
		this.#stopHearing();
		clearInterval(this.#writing);
		for (const timer of this.#ending) clearTimeout(timer);
		await this.#written;
		for (const open of await Promise.all(this.#rooms.values())) await open?.room.counts.write(this.#context.db).catch(this.#context.onError);
	}

	#note(showId: string, news: ShowNews): Promise<boolean> {
		const chainTime = this.#context.now();
		if (news.kind === 'replay') return noteShow(this.#context, showId, 'replay', { fromMs: news.fromMs, durationMs: news.durationMs, gaps: news.gaps });
		if (news.kind === 'replay-gone') return noteShow(this.#context, showId, 'replay', { gone: true });
		if (news.kind === 'ended') return noteShow(this.#context, showId, 'ended', { chainTime, reason: news.reason });
		return noteShow(this.#context, showId, news.kind, {});
	}

	async #pinOf(showId: string): Promise<RoomEvent> {
		const pin = (await pinsOf(this.#context.db, showId)).find(({ until }) => until === null);
		return { kind: 'pin', pin: pin ? toPinView(pin) : null };
	}

	async #tellYou(room: Room, connection: number, account: Address): Promise<void> {
		this.#context.stage.send({ type: 'tell', connection, events: [{ kind: 'you', you: await room.you(account, this.#context.clock()) }] });
	}

	async #tellStock(listingId: string, events: RoomEvent[]): Promise<void> {
		for (const [showId, opening] of this.#rooms) {
			const open = await opening;
			if (open?.bag.includes(listingId)) this.say(showId, events);
		}
	}

	/** With what tables say now; nothing where nobody is in the room. */
	async #refreshed(showId: string, work: (open: OpenRoom) => Promise<void> | void): Promise<void> {
		const open = await this.#rooms.get(showId);
		if (!open) return;
		await open.room.refresh();
		await work(open);
	}

	#open(showId: string): Promise<OpenRoom | null> {
		const known = this.#rooms.get(showId);
		if (known) return known;
		const opening = this.#enter(showId);
		this.#rooms.set(showId, opening);
		opening.then(
			(open) => open ?? this.#rooms.delete(showId),
			() => this.#rooms.delete(showId),
		);
		return opening;
	}

	async #enter(showId: string): Promise<OpenRoom | null> {
		const { db, clock } = this.#context;
		const room = await Room.open(db, showId, clock);
		if (!room) return null;
		const bag = await bagOf(db, showId);
		this.stock.watch(bag);
		return { room, bag, said: [], talking: false };
	}

	#end(showId: string): void {
		const timer = setTimeout(() => {
			this.#ending.delete(timer);
			this.#context.stage.send({ type: 'empty', showId });
		}, LINGER_MS);
		this.#ending.add(timer);
		timer.unref();
	}

	async #hear(report: RoomReport): Promise<void> {
		if (report.type === 'lost') return this.#lost();
		const open = await this.#open(report.showId);
		if (!open) return this.#context.stage.send({ type: 'empty', showId: report.showId });
		if (report.type === 'joined') await this.#welcome(open, report);
		else if (report.type === 'left') {
			open.room.members.delete(report.connection);
			open.room.counts.left(report.stayedMs);
		} else if (report.type === 'counted') this.#counted(open.room, report);
		else this.#take(open, report);
	}

	async #lost(): Promise<void> {
		for (const open of await Promise.all(this.#rooms.values())) {
			open?.room.members.clear();
			open?.room.counts.counted({ viewers: 0, likes: 0 });
		}
	}

	async #welcome({ room }: OpenRoom, { connection, account, address, visitor }: Extract<RoomReport, { type: 'joined' }>): Promise<void> {
		const member = { connection, account: account === null ? null : getAddress(account), address };
		room.members.set(connection, member);
		room.counts.joined(visitor);
		const { stage, clock } = this.#context;
		stage.send({ type: 'tell', connection, events: [await room.hello(member, clock())] });
		if (member.account !== null && room.isBanned(member.account)) stage.send({ type: 'kick', showId: room.id, account: member.account });
		if (room.show.status === 'ended') this.#end(room.id);
	}

	#counted(room: Room, counted: { viewers: number; likes: number }): void {
		const changed = room.counts.counted(counted);
		const events: RoomEvent[] = [];
		if (changed.viewers) events.push({ kind: 'viewers', count: room.counts.viewers });
		if (changed.likes) events.push({ kind: 'likes', total: room.counts.likes });
		this.say(room.id, events);
	}

	#take(open: OpenRoom, { connection, account, address, request }: Extract<RoomReport, { type: 'spoke' }>): void {
		const said: RoomRequest = request;
		if (said.do === 'tap' && open.bag.includes(said.listingId)) open.room.counts.tapped(said.listingId);
		if (said.do !== 'say' || account === null) return;
		const saying = { connection, account: getAddress(account), ref: said.ref, record: said.record };
		const refusal = this.#turnedAway(open, address);
		if (refusal) this.#answer({ saying, refusal });
		else open.said.push(saying);
		if (!open.talking) void this.#talk(open).catch(this.#context.onError);
	}

	/** Accounts are free to make: what comes from one address is counted, too. This machine is the operator's own. */
	#turnedAway(open: OpenRoom, address: string): Refusal | null {
		if (open.said.length >= MAX_WAITING) return new Refusal('Live_Full', 'unavailable');
		try {
			if (address !== LOCAL) this.#mayTalk(address);
			return null;
		} catch (error) {
			if (error instanceof Refusal) return error;
			throw error;
		}
	}

	/** Writes down what waits, many lines at a time, and tells it once it is on the disk. */
	async #talk(open: OpenRoom): Promise<void> {
		open.talking = true;
		try {
			while (open.said.length > 0) {
				const sayings = open.said.splice(0, LINES_AT_ONCE);
				const outcomes = await takeLines(this.#context, open.room, sayings).catch((error: unknown) => this.#failed(sayings, error));
				const lines: RoomEvent[] = outcomes.flatMap((said) => ('line' in said ? [{ kind: 'line' as const, line: said.line }] : []));
				open.room.counts.lines(lines.length);
				this.say(open.room.id, lines);
				for (const said of outcomes) this.#answer(said);
			}
		} finally {
			open.talking = false;
		}
	}

	/** Nothing of it stands: whoever spoke is told so and may say it again. */
	#failed(sayings: readonly Saying[], error: unknown): Said[] {
		this.#context.onError(error);
		return sayings.map((saying) => ({ saying, refusal: new Refusal('Server_Failed', 'unavailable') }));
	}

	#answer(said: Said): void {
		const { connection, ref } = said.saying;
		const event: RoomEvent =
			'line' in said ? { kind: 'said', ref, seq: said.line.seq } : { kind: 'refused', ref, code: said.refusal.code, details: said.refusal.details };
		this.#context.stage.send({ type: 'tell', connection, events: [event] });
	}

	#write(): void {
		this.#written = this.#written.then(() => this.#writeAll()).catch(this.#context.onError);
	}

	async #writeAll(): Promise<void> {
		for (const [showId, opening] of [...this.#rooms]) {
			const open = await opening;
			if (!open) continue;
			await open.room.counts.write(this.#context.db);
			const idle = open.room.members.size === 0 && open.room.counts.viewers === 0 && !open.talking;
			if (!idle || isOnAir(open.room.show.status)) continue;
			this.stock.unwatch(open.bag);
			this.#rooms.delete(showId);
		}
	}
}
