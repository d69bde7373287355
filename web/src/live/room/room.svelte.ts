import type { ChatLine, Emoji, Hello, Notice, RoomEvent, RoomFrame, RoomRequest, RoomRules, ShowView, SignedLine, You } from '@kaishi/protocol/live';
import { Refusal } from '@kaishi/protocol/platform/errors';
import { SvelteMap } from 'svelte/reactivity';
import { api } from '#platform/api/client.ts';
import { chance } from '#platform/chance.ts';
import { page } from '$app/state';
import { type RoomLink, RoomSocket } from './room-socket.ts';
import { ServerClock } from './server-clock.ts';
import { visitorId } from './visitor.ts';

type Kind = RoomEvent['kind'];
export type EventOf<K extends Kind> = Extract<RoomEvent, { kind: K }>;

const KEPT_LINES = 200;
const LIKES_MS = 1000;
const MOST_LIKES = 30;
/** Often at first, so that countdowns are right at once; then now and again. */
const PING_MS = [0, 500, 1500, 4000];
const CALM_PING_MS = 20_000;
/** A crowd asks for the bag over this long. */
const BAG_SPREAD_MS = 1200;

/** A line that nobody answers in this time is lost. */
const ANSWER_MS = 8000;

const lost = () => new Refusal('Network_Lost', 'unavailable');
const here = () => performance.timeOrigin + performance.now();

/**
 * A show's room as one browser sees it: what is said, what is shown, how many are here, what of it is left, and the server's clock.
 * Reactive; panels that have words of their own with the server listen with {@link on}.
 */
export class Room {
	readonly id: string;
	show = $state.raw<ShowView>() as ShowView;
	link = $state<RoomLink>('connecting');
	/** How the room closed its door for good, when it did; see `roomCloseCodes`. */
	closeCode = $state(0);
	/** Oldest first. */
	lines = $state.raw<ChatLine[]>([]);
	/** What the host has pinned above the talk. */
	answer = $state.raw<ChatLine | null>(null);
	likes = $state(0);
	viewers = $state(0);
	rules = $state.raw<RoomRules>({ slowSeconds: 0, buyersOnly: false, paused: false });
	you = $state.raw<You>({ account: null, moderator: false, banned: false, mutedUntil: null });
	/** The last thing that happened to somebody who let it be said. */
	notice = $state.raw<Notice | null>(null);
	/** Pieces left by offer, as last heard; null: without end. Offers nobody spoke of are not in it. */
	readonly stock = new SvelteMap<string, number | null>();
	#clock = new ServerClock();
	#socket: RoomSocket | null = null;
	#listeners = new Map<Kind, Set<(event: RoomEvent) => void>>();
	/** Lines on their way out, by reference. */
	#waiting = new Map<string, (refusal: Refusal | null) => void>();
	#greeted = false;
	#refs = 0;
	#unsent = 0;
	#liking: ReturnType<typeof setTimeout> | undefined;
	#pings: ReturnType<typeof setTimeout>[] = [];
	#fetching: ReturnType<typeof setTimeout> | undefined;

	constructor(show: ShowView) {
		this.id = show.id;
		this.#take(show);
	}

	/** Goes in; returns how to leave. For `$effect(() => room.join())`. */
	join(): () => void {
		this.#socket = new RoomSocket(this.id, visitorId(), { frame: (frame) => this.#hear(frame), link: (link, closeCode) => this.#linked(link, closeCode) });
		return () => {
			for (const timer of [...this.#pings, this.#liking, this.#fetching]) clearTimeout(timer);
			this.#socket?.leave();
			this.#socket = null;
		};
	}

	/** The server's clock, milliseconds. Not reactive: ask again for each tick. */
	now(): number {
		return this.#clock.at(here());
	}

	/** The chain's clock, Unix seconds: what shows, deals and pledges are timed by. Not reactive, either. */
	chainNow(): number {
		return this.now() / 1000 + (page.data.market?.clockOffset ?? 0);
	}

	/** Hears of every event of one kind; returns how to stop. */
	on<K extends Kind>(kind: K, listener: (event: EventOf<K>) => void): () => void {
		const known = this.#listeners.get(kind) ?? new Set();
		this.#listeners.set(kind, known.add(listener as (event: RoomEvent) => void));
		return () => known.delete(listener as (event: RoomEvent) => void);
	}

	/** Takes what another answer of the server said of the show. */
	update(show: ShowView): void {
		this.#take(show);
	}

	/** Counts at once and is told in bundles. */
	like(): void {
		this.likes++;
		this.#unsent = Math.min(MOST_LIKES, this.#unsent + 1);
		this.#liking ??= setTimeout(() => {
			this.#liking = undefined;
			if (this.#send({ do: 'like', count: this.#unsent })) this.#unsent = 0;
		}, LIKES_MS);
	}

	emoji(emoji: Emoji): void {
		this.#send({ do: 'emoji', emoji });
	}

	/** A product of the bag was opened: hosts see what people look at. */
	tap(listingId: string): void {
		this.#send({ do: 'tap', listingId });
	}

	/** Says a signed line. Resolves once it stands. Throws `Refusal`: the room's own, or `Network_Lost`. */
	say(record: SignedLine): Promise<void> {
		const ref = String(++this.#refs);
		return new Promise((resolve, reject) => {
			const answer = (refusal: Refusal | null) => {
				clearTimeout(late);
				this.#waiting.delete(ref);
				if (refusal === null) resolve();
				else reject(refusal);
			};
			const late = setTimeout(() => answer(lost()), ANSWER_MS);
			this.#waiting.set(ref, answer);
			if (!this.#send({ do: 'say', ref, record })) answer(lost());
		});
	}

	#send(request: RoomRequest): boolean {
		return this.#socket?.send(request) ?? false;
	}

	#linked(link: RoomLink, closeCode: number) {
		this.link = link;
		this.closeCode = link === 'closed' ? closeCode : 0;
		for (const timer of this.#pings) clearTimeout(timer);
		this.#pings = link === 'open' ? PING_MS.map((after) => setTimeout(() => this.#ping(), after)) : [];
		if (link === 'open') this.#pings.push(setTimeout(() => this.#pingCalmly(), CALM_PING_MS));
		if (link !== 'open') for (const answer of [...this.#waiting.values()]) answer(lost());
	}

	#ping() {
		this.#send({ do: 'ping', at: here() });
	}

	#pingCalmly() {
		this.#ping();
		this.#pings = [setTimeout(() => this.#pingCalmly(), CALM_PING_MS)];
	}

	#hear({ now, events }: RoomFrame) {
		this.#clock.overhear(now, here());
		let lines: ChatLine[] = [];
		for (const event of events) {
			if (event.kind === 'line') lines.push(event.line);
			else {
				this.#addLines(lines);
				lines = [];
				this.#fold(event);
			}
			for (const listener of this.#listeners.get(event.kind) ?? []) listener(event);
		}
		this.#addLines(lines);
	}

	/** One pass for a batch: a busy room brings dozens of them ten times a second. */
	#addLines(lines: readonly ChatLine[]) {
		if (lines.length === 0) return;
		const last = this.lines.at(-1)?.seq ?? -1;
		this.lines = [...this.lines, ...lines.filter(({ seq }) => seq > last)].slice(-KEPT_LINES);
	}

	#fold(event: RoomEvent) {
		switch (event.kind) {
			case 'hello':
				this.#greet(event);
				break;
			case 'hide':
				this.lines = this.lines.filter(({ seq }) => seq !== event.seq);
				break;
			case 'hideOf':
				this.lines = this.lines.filter(({ account }) => account.toLowerCase() !== event.account.toLowerCase());
				break;
			case 'likes':
				this.likes = Math.max(this.likes, event.total + this.#unsent);
				break;
			case 'viewers':
				this.viewers = event.count;
				break;
			case 'pin':
				this.#pinned(event.pin);
				break;
			case 'stock':
				this.stock.set(event.offerId, event.left);
				// A deal that began after the bag was fetched.
				if (!this.#isKnown(event.offerId)) this.#fetchSoon(BAG_SPREAD_MS * chance());
				break;
			case 'show':
				this.show = { ...this.show, ...event.state };
				break;
			case 'bag':
				this.#fetchSoon(BAG_SPREAD_MS * chance());
				break;
			case 'notice':
				this.notice = event.notice;
				break;
			default:
				this.#foldOwn(event);
		}
	}

	/** What concerns this browser, and how to behave. */
	#foldOwn(event: RoomEvent) {
		if (event.kind === 'rules') this.rules = event.rules;
		else if (event.kind === 'answer') this.answer = event.line;
		else if (event.kind === 'you') this.you = event.you;
		else if (event.kind === 'pong') this.#clock.hear({ askedAt: event.at, heardAt: here(), now: event.now });
		else if (event.kind === 'said') this.#waiting.get(event.ref)?.(null);
		else if (event.kind === 'refused') this.#waiting.get(event.ref)?.(new Refusal(event.code, 'forbidden', event.details));
	}

	#greet(hello: Hello) {
		this.lines = hello.lines;
		this.likes = hello.likes + this.#unsent;
		this.viewers = hello.viewers;
		this.answer = hello.answer;
		this.rules = hello.rules;
		this.you = hello.you;
		this.show = { ...this.show, ...hello.show };
		this.#pinned(hello.pin);
		// Back after a while: what is in the bag, and how much of it, may be another.
		if (this.#greeted) this.#fetchSoon(BAG_SPREAD_MS * chance());
		this.#greeted = true;
	}

	#pinned(pin: ShowView['pin']) {
		this.show = { ...this.show, pin };
		if (pin && !this.show.bag.some(({ listing }) => listing.id === pin.listingId)) this.#fetchSoon(0);
		else if (pin?.dealOfferId && !this.#isKnown(pin.dealOfferId)) this.#fetchSoon(BAG_SPREAD_MS * chance());
	}

	#isKnown(offerId: string): boolean {
		return this.show.bag.some(({ offers }) => offers.some((offer) => offer.offerId === offerId || offer.deal?.offerId === offerId));
	}

	#take(show: ShowView) {
		this.show = show;
		this.likes = Math.max(this.likes, show.likes);
		this.viewers = show.viewers;
		for (const { offers } of show.bag)
			for (const { offerId, left, deal } of offers) {
				this.stock.set(offerId, left);
				if (deal) this.stock.set(deal.offerId, deal.left);
			}
	}

	#fetchSoon(afterMs: number) {
		clearTimeout(this.#fetching);
		this.#fetching = setTimeout(() => {
			// Not answered: what was known stays.
			api.get<ShowView>(`/api/live/${this.id}`).then(
				(show) => this.#take(show),
				() => undefined,
			);
		}, afterMs);
	}
}
