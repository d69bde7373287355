import { Refusal } from '@kaishi/protocol/platform/errors';
import type { Address, Hex } from 'viem';
import type { Chain } from '../platform/chain/chain.ts';
import type { Reservations, TabId } from '../tab/public.ts';
import type { Clerk } from './clerk.ts';
import { Remaining } from './judge.ts';
import type { Held, Intent } from './promise.ts';

/** What one intent is about besides its offer. */
export interface About {
	account: Address;
	currency: Address;
	listingId: string;
	key: Address;
	/** See `tabId`. */
	tab: string;
}

/** What tables are compared with. */
export interface World {
	chain: Pick<Chain, 'head'>;
	/** Has the tables take up what they do not hold yet. */
	catchUp(): void;
}

/** Goods and money that are promised and do not stand in the tables yet. */
export class Holds {
	readonly #clerk: Pick<Clerk, 'look'>;
	readonly #world: World;
	readonly #reservations: Reservations;
	readonly #held = new Map<Hex, Held>();
	readonly #onTab = new Map<string, bigint>();
	/** The newest block that the tables are known to have held. */
	#newest = 0;

	/** @param reservations where orders and purchases on the tab itself keep from promising the same money. */
	constructor(clerk: Pick<Clerk, 'look'>, world: World, reservations: Reservations) {
		this.#clerk = clerk;
		this.#world = world;
		this.#reservations = reservations;
	}

	get size(): number {
		return this.#held.size;
	}

	has(orderId: Hex): boolean {
		return this.#held.has(orderId);
	}

	add(held: Held): void {
		const { intent } = held;
		if (this.#held.has(intent.orderId)) return;
		this.#held.set(intent.orderId, held);
		this.#onTab.set(intent.tab, (this.#onTab.get(intent.tab) ?? 0n) + intent.total);
		this.#reservations.restore(reservationOf(intent), intent.orderId, intent.total);
	}

	/** It stands in the tables, which hold that block. */
	settle(intent: Intent, block: bigint): void {
		if (block > this.#newest) this.#newest = Number(block);
		this.remove(intent);
	}

	remove(intent: Intent): void {
		if (!this.#held.delete(intent.orderId)) return;
		const rest = (this.#onTab.get(intent.tab) ?? 0n) - intent.total;
		if (rest > 0n) this.#onTab.set(intent.tab, rest);
		else this.#onTab.delete(intent.tab);
		this.#reservations.release(reservationOf(intent), intent.orderId);
	}

	/**
	 * Everything that intents are about, less what is held.
	 * Refuses with `Operator_Stopping` while the tables are behind what they held before, and behind the chain.
	 * @param asked the ids of the intents' own orders: whether they stand in the tables already.
	 */
	async look(offerIds: readonly string[], about: readonly About[], asked: readonly Hex[]): Promise<Remaining> {
		const [offers, tabs] = [new Set(offerIds), new Map(about.map((one) => [one.tab, one]))];
		// Before the tables are read: who is removed meanwhile stands in them, and who is not in them is counted here.
		const concerned = [...this.#held.values()].filter(({ intent }) => offers.has(intent.offerId) || tabs.has(intent.tab));
		const before = new Map([...tabs].map(([tab, one]) => [tab, this.#elsewhere(one)]));
		const orderIds = [...concerned.map(({ intent }) => intent.orderId), ...asked];
		const newest = this.#newest;
		const snapshot = await this.#clerk.look({ offerIds, tabs: about, orderIds, units: about });
		if (snapshot.block < newest) await this.#requireAll(snapshot.block);
		else if (snapshot.block > this.#newest) this.#newest = snapshot.block;
		return new Remaining(snapshot, concerned, (tab) => {
			const one = tabs.get(tab);
			// Asked anew for each intent: the tab's other purchases go on meanwhile. What they have paid since may be missing in the tables.
			const [then, now] = [before.get(tab) ?? 0n, one ? this.#elsewhere(one) : 0n];
			return then > now ? then : now;
		});
	}

	/**
	 * The tables are folded again, go back to another branch of the chain, or have lost their last moment in a crash: what is held no
	 * more they may not know yet. They know all there is when the chain, too, ends sooner than before.
	 */
	async #requireAll(block: number): Promise<void> {
		if (BigInt(block) < (await this.#world.chain.head()).number) {
			this.#world.catchUp();
			throw new Refusal('Operator_Stopping', 'unavailable');
		}
		this.#newest = block;
	}

	/** What is promised on a tab for other things than orders. */
	#elsewhere({ account, key, currency, tab }: About): bigint {
		return this.#reservations.promisedOn({ account, key, token: currency }) - (this.#onTab.get(tab) ?? 0n);
	}
}

const reservationOf = ({ order, key }: Intent): TabId => ({ account: order.buyer, key, token: order.terms.currency });
