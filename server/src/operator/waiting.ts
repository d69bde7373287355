import { createHash } from 'node:crypto';
import type { IntentAnswer } from '@kaishi/protocol/operator';
import { Refusal } from '@kaishi/protocol/platform/errors';
import type { Address, Hex } from 'viem';
import type { Intent } from './promise.ts';

/** An intent and whoever waits for its answer. */
export interface Queued {
	intent: Intent;
	/** Who signed, in lower case; null: nobody. Found out while others arrive. */
	signer: Promise<Address | null>;
	/** Gatherings before it came: who comes during the same one comes at the same time. */
	slot: number;
	resolve(answer: IntentAnswer): void;
	reject(reason: unknown): void;
}

/** Intents that arrive within this time arrive together, milliseconds. */
const MOMENT_MS = 4;
/** As long as so many come in a moment, so many moments are waited. */
const [MANY, MOST_MOMENTS] = [12, 5];
export const MOST_AT_ONCE = 128;
/** More wait for nothing: they are told how many are before them. */
const MOST_WAITING = 10_000;

/** Intents that nobody has looked at yet. */
export class Waiting {
	#queue: Queued[] = [];
	#slot = 0;
	#wake = () => {};
	/** How many are being judged. */
	#underJudgement = 0;
	/** Resolved when they have been. */
	#judged: PromiseWithResolvers<void> | null = null;

	get length(): number {
		return this.#queue.length;
	}

	/** Throws `Operator_Busy` {ahead} when too many wait. */
	add(queued: Omit<Queued, 'slot'>): void {
		if (this.#queue.length >= MOST_WAITING) throw new Refusal('Operator_Busy', 'unavailable', { ahead: String(this.#queue.length) });
		this.#queue.push({ ...queued, slot: this.#slot });
		if (this.#queue.length >= MOST_AT_ONCE) this.#wake();
	}

	/**
	 * Null, or, while as many wait or are being judged as are judged at once, a promise of when they have been: after a full gathering
	 * most of the others can be told "sold out", and until then what is done for them keeps its answers waiting.
	 */
	hold(): Promise<void> | null {
		if (this.#queue.length + this.#underJudgement < MOST_AT_ONCE) return null;
		this.#judged ??= Promise.withResolvers<void>();
		return this.#judged.promise;
	}

	/** The next ones that are judged together; to be called when the ones before have been. Empty: nobody waits. */
	async next(): Promise<Queued[]> {
		this.#underJudgement = 0;
		this.#release();
		await this.#company();
		this.#slot++;
		const batch = this.#queue.splice(0, MOST_AT_ONCE);
		this.#underJudgement = batch.length;
		return batch;
	}

	#release(): void {
		this.#judged?.resolve();
		this.#judged = null;
	}

	/** Takes everybody out. */
	leave(): Queued[] {
		this.#release();
		return this.#queue.splice(0);
	}

	/** A moment, and another one as long as many come in each: one gathering of a hundred is judged sooner than three of thirty. */
	async #company(): Promise<void> {
		for (let moment = 0; moment < MOST_MOMENTS && this.#queue.length > 0 && this.#queue.length < MOST_AT_ONCE; moment++) {
			const before = this.#queue.length;
			await this.#moment();
			if (this.#queue.length < MANY || (moment > 0 && this.#queue.length - before < MANY)) return;
		}
	}

	/** Some milliseconds, or until there is enough to do. */
	#moment(): Promise<void> {
		return new Promise((resolve) => {
			// Where thousands are heard a moment may pass before one of them is read.
			const timer = setTimeout(() => setImmediate(resolve), MOMENT_MS);
			this.#wake = () => {
				clearTimeout(timer);
				resolve();
			};
		});
	}
}

/** By arrival; who came at the same time by a hash that nobody could know when signing. */
export function inFairOrder(batch: readonly Queued[], seed: Hex): Queued[] {
	const lot = new Map(batch.map((one) => [one, createHash('sha256').update(seed).update(one.intent.signature).digest('hex')]));
	return batch.toSorted((a, b) => a.slot - b.slot || ((lot.get(a) ?? '') < (lot.get(b) ?? '') ? -1 : 1));
}
