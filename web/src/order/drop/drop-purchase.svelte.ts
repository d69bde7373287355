import type { MarketInfo } from '@kaishi/protocol/discovery';
import type { Address } from 'viem';
import { codeOf } from '#platform/errors/explain.ts';
import { subscribe } from '#platform/socket/socket.ts';
import type { PurchaseWish } from '../pending.ts';
import type { Attempts, Bought } from './send-intent.ts';

export type DropState = 'idle' | 'sending' | 'busy' | 'offline' | 'bought' | 'soldOut' | 'changed' | 'failed';

const POLL_MS = 1000;
/** An order is entered within seconds; whoever waits longer holds a receipt. */
const PATIENCE_MS = 20_000;

/** One purchase with one tap, from the tap until the order stands. */
export class DropPurchase {
	state = $state<DropState>('idle');
	/** Intents before this one, while busy. */
	ahead = $state('');
	failure = $state.raw<unknown>(null);
	bought = $state.raw<Bought | null>(null);
	placed = $state(false);
	late = $state(false);
	#stop = new AbortController();

	get underWay() {
		return this.state === 'sending' || this.state === 'busy' || this.state === 'offline';
	}

	buy(wish: PurchaseWish, key: Address, market: MarketInfo): Promise<Bought | null> {
		return this.#run(async (attempts) => (await import('./send-intent.ts')).buyFromTab(wish, key, market, attempts));
	}

	/** Takes up what a reload interrupted; nothing happens when there is nothing. */
	resume(offerId: string): Promise<Bought | null> {
		return this.#run(async (attempts) => (await import('./send-intent.ts')).resumePurchase(offerId, attempts));
	}

	/** Shows again what was bought before a reload. */
	again(bought: Bought) {
		if (this.underWay) return;
		[this.state, this.failure, this.bought, this.late] = ['bought', null, bought, false];
		void this.#watch(bought);
	}

	stop() {
		this.#stop.abort();
	}

	/** Back to the start, for another piece. */
	close() {
		this.stop();
		if (!this.underWay) this.state = 'idle';
	}

	async #run(work: (attempts: Attempts) => Promise<Bought | null>): Promise<Bought | null> {
		if (this.underWay) return null;
		this.#stop = new AbortController();
		[this.state, this.failure, this.bought, this.placed, this.late] = ['sending', null, null, false, false];
		try {
			const bought = await work({
				signal: this.#stop.signal,
				onwait: ({ ahead }) => {
					this.ahead = ahead ?? '';
					this.state = ahead === null ? 'offline' : 'busy';
				},
			});
			this.state = bought ? 'bought' : 'idle';
			this.bought = bought;
			if (bought) void this.#watch(bought);
			return bought;
		} catch (error) {
			this.#fail(error);
			return null;
		}
	}

	#fail(error: unknown) {
		const code = codeOf(error);
		this.failure = error;
		if (this.#stop.signal.aborted) this.state = 'idle';
		else if (code === 'Catalog_SoldOut') this.state = 'soldOut';
		else if (code === 'Catalog_TermsMismatch' || code === 'OrderBook_WrongFee') this.state = 'changed';
		else this.state = 'failed';
	}

	/** Until the order stands: told by the socket, asked once in a while in case that is silent. */
	async #watch({ orderId, placed }: Bought): Promise<void> {
		this.placed = placed;
		const { arePlaced } = await import('#platform/wallet/placed-orders.ts');
		let heard = () => {};
		const stop = subscribe(`order:${orderId}`, () => heard());
		const end = Date.now() + PATIENCE_MS;
		while (!this.placed && this.bought?.orderId === orderId) {
			this.placed = await arePlaced([orderId]).catch(() => false);
			this.late = !this.placed && Date.now() > end;
			if (this.placed) break;
			await new Promise<void>((resolve) => {
				heard = resolve;
				setTimeout(resolve, POLL_MS);
			});
		}
		stop();
	}
}
