import { setTimeout as sleep } from 'node:timers/promises';
import { Refusal } from '@kaishi/protocol/platform/errors';
import type { Hex } from 'viem';
import type { Chain } from '../platform/chain/chain.ts';
import { isSuperseded } from '../platform/cluster/term.ts';
import type { Holds } from './holds.ts';
import type { Journal } from './journal.ts';
import type { Held } from './promise.ts';
import type { Placed, Settler } from './settler.ts';

export interface KeepingOptions {
	chain: Chain;
	journal: Journal;
	settler: Settler;
	/** Resolves when the tables hold everything up to this block. */
	waitForProjection(block: bigint): Promise<void>;
	/** A promise that the chain refused is a failure: nobody should have been able to bring that about. */
	onError(error: unknown): void;
}

const CONCLUDE_MS = 100;

/** Sees to it that what is promised stands on the chain, and writes down how it came out. */
export class Keeping {
	readonly #options: KeepingOptions;
	readonly #holds: Holds;
	readonly #placed: Hex[] = [];
	#concluding: Promise<void> | null = null;

	constructor(holds: Holds, options: KeepingOptions) {
		this.#holds = holds;
		this.#options = options;
	}

	/** Keeps a promise that is written down. */
	keep(held: Held): void {
		this.place(held).then(
			() => this.#conclude(held.intent.orderId),
			(reason: unknown) => this.#fail(held, reason),
		);
	}

	/** Holds goods and money until the tables know the order, or the chain has refused it: then it throws that refusal. While nobody knows, they stay held. */
	async place(held: Held): Promise<Placed> {
		this.#holds.add(held);
		try {
			const placed = await this.#stand(held);
			this.#holds.settle(held.intent, placed.blockNumber);
			return placed;
		} catch (reason) {
			if (isRefused(reason)) this.#holds.remove(held.intent);
			throw reason;
		}
	}

	async #stand({ intent }: Held): Promise<Placed> {
		const { settler, waitForProjection, chain } = this.#options;
		try {
			const placed = await settler.place(intent);
			await waitForProjection(placed.blockNumber);
			return placed;
		} catch (reason) {
			if (!(reason instanceof Refusal) || reason.code !== 'OrderBook_AlreadyPlaced') throw reason;
			// Sent twice, as after a crash: it stands in a block up to the newest.
			const { number, hash } = await chain.head();
			await waitForProjection(number);
			return { transactionHash: hash, blockNumber: number };
		}
	}

	/** What is on its way stays in the journal for whoever comes next. */
	async stop(): Promise<void> {
		this.#options.settler.stop();
		await this.#concluding;
	}

	/** Whoever leads next finds out by itself. */
	readonly #tell = (error: unknown): void => {
		if (!isSuperseded(error)) this.#options.onError(error);
	};

	#conclude(orderId: Hex): void {
		this.#placed.push(orderId);
		this.#concluding ??= sleep(CONCLUDE_MS).then(async () => {
			const done = this.#placed.splice(0);
			this.#concluding = null;
			await this.#options.journal.conclude(done, 'placed').catch(this.#tell);
		});
	}

	async #fail({ intent: { orderId } }: Held, reason: unknown): Promise<void> {
		if (reason instanceof Refusal && reason.code === 'Operator_Stopping') return;
		// Tables, chain or this server went away: how it came out is found out at the next start.
		if (!isRefused(reason)) return this.#options.onError(reason);
		const { code } = reason;
		this.#options.onError(new Error(`the promise of order ${orderId} was refused by the chain: ${code}`, { cause: reason }));
		await this.#options.journal.conclude([orderId], 'failed', code).catch(this.#tell);
	}
}

/** By the chain, in its own words. */
const isRefused = (reason: unknown): reason is Refusal => reason instanceof Refusal && reason.kind !== 'unavailable';
