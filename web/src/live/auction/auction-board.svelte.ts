import type { AuctionView, PurseView, RoomEvent } from '@kaishi/protocol/live';
import { SvelteSet } from 'svelte/reactivity';
import { api } from '#platform/api/client.ts';
import { type BidKey, bidKeys, ownBid } from './bid-keys.ts';

type AuctionEvent = Extract<RoomEvent, { kind: 'auction' }>;

/** A room that says how its auctions stand, and what time it is; see `Room`. */
export interface AuctionRoom {
	/** The show's. */
	readonly id: string;
	on(kind: 'auction', listener: (event: AuctionEvent) => void): () => void;
	/** The server's clock, milliseconds. */
	now(): number;
}

const POLL_MS = 10_000;

/** The auction of what is shown, as one browser sees it. Reactive. */
export class AuctionBoard {
	auction = $state.raw<AuctionView | null>(null);
	purses = $state.raw<PurseView[]>([]);
	readonly listingId: string;
	readonly account: string | null;
	readonly #shown = new SvelteSet<string>();

	constructor(listingId: string, account: string | null) {
		[this.listingId, this.account] = [listingId, account];
	}

	/** Listens to the room and asks now and then; returns how to stop. For `$effect(() => board.follow(room))`. */
	follow(room: AuctionRoom): () => void {
		const stop = room.on('auction', ({ view }) => this.take(view as AuctionView));
		void this.load();
		const timer = setInterval(() => void this.load().catch(() => undefined), POLL_MS);
		return () => {
			stop();
			clearInterval(timer);
		};
	}

	async load(): Promise<void> {
		const [[newest], purses] = await Promise.all([
			api.get<AuctionView[]>(`/api/auctions?listing=${this.listingId}`),
			this.account === null ? [] : api.get<PurseView[]>(`/api/accounts/${this.account}/purses`),
		]);
		this.purses = purses;
		if (newest) this.take(newest);
	}

	take(view: AuctionView): void {
		if (view.listingId !== this.listingId) return;
		const known = this.auction;
		// An answer may be older than what the room said meanwhile.
		if (known === null || !isOlder(view, known)) this.auction = view;
	}

	/** The key of this browser that has most to bid with, and what that is. @param now Unix seconds */
	purse(currency: string, now: number): { key: BidKey; left: bigint } | null {
		const held = this.account === null ? [] : bidKeys(this.account, currency, now);
		const filled = held.map((key) => ({ key, left: BigInt(this.purses.find((purse) => purse.key === key.key)?.left.amount ?? 0) }));
		return filled.sort((a, b) => (a.left < b.left ? 1 : -1))[0] ?? null;
	}

	/** Shows what this browser sealed; once. Throws `Refusal`. */
	async showSealed(auction: AuctionView): Promise<void> {
		const own = this.account === null ? null : ownBid(auction.id, this.account);
		if (!own?.salt || this.#shown.has(auction.id)) return;
		this.#shown.add(auction.id);
		try {
			const { account, amount, salt } = own;
			this.take(await api.post<AuctionView>(`/api/auctions/${auction.id}/reveals`, { account, amount, salt }));
		} catch (error) {
			this.#shown.delete(auction.id);
			throw error;
		}
	}
}

/** Whether `view` says how things stood before `known`. */
function isOlder(view: AuctionView, known: AuctionView): boolean {
	if (view.id !== known.id) return Number(view.id) < Number(known.id);
	const isOver = known.status !== 'running' && view.status === 'running';
	return isOver || view.bids + view.shown < known.bids + known.shown;
}
