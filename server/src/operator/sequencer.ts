import type { IntentAnswer, OfferLeft, ReceiptView } from '@kaishi/protocol/operator';
import type { Order } from '@kaishi/protocol/order';
import { Refusal } from '@kaishi/protocol/platform/errors';
import { isTabSignature } from '@kaishi/protocol/tab';
import type { Address, Hex } from 'viem';
import type { Chain } from '../platform/chain/chain.ts';
import { isSuperseded } from '../platform/cluster/term.ts';
import { createRateLimiter } from '../platform/limits/rate-limit.ts';
import { Once } from '../platform/relayer/once.ts';
import type { Reservations } from '../tab/public.ts';
import type { Clerk } from './clerk.ts';
import { Holds, type World } from './holds.ts';
import { aboutOf, Intents } from './intents.ts';
import { areRulesSettled, isOurs, type Remaining, type Rules, requireGoods, requireSound, unasked } from './judge.ts';
import { Keeping, type KeepingOptions } from './keeping.ts';
import type { Held, Intent, NewPromise } from './promise.ts';
import { Promises, promiseOf } from './promises.ts';
import type { ReceiptSigner } from './receipts.ts';
import { Signers } from './signers.ts';
import { SoldOutNotices } from './sold-out.ts';
import { inFairOrder, MOST_AT_ONCE, type Queued, Waiting } from './waiting.ts';

/** Takes signed orders in the order of their arrival, promises what it can keep, and sees to it that promises are kept. */
export interface Sequencer {
	/** Answers an intent; the same one again gets the same answer. Refuses as the contracts would, or with `Operator_*`. */
	submit(order: Order, signature: Hex): Promise<IntentAnswer>;
	receipt(orderId: Hex): Promise<ReceiptView | null>;
	/** The refusal, as JSON, of an intent that comes too late whatever else it says; null when that is not sure. `wanted` is a decimal number. */
	tooLate(intent: { offerId: string; wanted: string; signature: Hex }): string | null;
	/** Null, or, while as many wait or are being judged as are judged at once, a promise of when they have been. */
	hold(): Promise<void> | null;
	/** What can still be promised of an offer; null when there is no such offer. */
	left(offerId: string): Promise<OfferLeft | null>;
	/** Whether a crowd is being told that it comes too late: nothing that can wait should be done meanwhile. */
	readonly isTurningAway: boolean;
	/** Orders that are on their way to the chain. */
	readonly backlog: number;
	/** Takes up what was promised before. */
	start(): Promise<void>;
	stop(): Promise<void>;
}

export interface SequencerOptions extends KeepingOptions, World {
	chain: Chain;
	orderBook: Address;
	operatorId: number;
	signer: ReceiptSigner;
	clerk: Clerk;
	/** See `createRules`. */
	rulesOf(currency: Address, arbitrator: Address, decided: number): Promise<Rules>;
	/** The contract that holds the rules, which governance's calls change. */
	parameters: Address;
	reservations: Reservations;
}

interface Promised {
	held: Held;
	queued: Queued;
	promise: NewPromise;
}

const REMEMBERED = 20_000;
/** How long an answer to "what is left" is good, milliseconds. */
const LEFT_MS = 150;
/** Blocks within which a promise is kept, and how many more promises on their way make one block more. The embedded chain cuts up to ten a second. */
const PROMISE_BLOCKS = { embedded: 300n, remote: 12n };
const HELD_PER_BLOCK = 50;
/** Of one account, beside the relayer's 20 a second: each order here is paid for, and who has used up the one must not miss a drop for it. */
const RATE = { burst: 60, perSecond: 5 };

export function openSequencer(options: SequencerOptions): Sequencer {
	return new OpenSequencer(options);
}

class OpenSequencer implements Sequencer {
	readonly #options: SequencerOptions;
	readonly #answers = new Once<IntentAnswer>(REMEMBERED);
	/** Intents that were promised before this process began, by signature. */
	readonly #earlier = new Map<Hex, Hex>();
	readonly #intents: Intents;
	readonly #holds: Holds;
	readonly #promises: Promises;
	readonly #keeping: Keeping;
	readonly #soldOut: SoldOutNotices;
	readonly #left = new Map<string, { at: number; left: Promise<OfferLeft | null> }>();
	readonly #takeOne = createRateLimiter(RATE, { code: 'Relayer_TooMany' });
	readonly #signers: Signers;
	readonly #waiting = new Waiting();
	#gathering: Promise<void> | null = null;
	/** Settles when everything that was promised so far is on the disk, or is not going to be. */
	#written: Promise<unknown> = Promise.resolve();
	/** How often something could not be written down and was given back. */
	#failures = 0;
	#state: 'new' | 'started' | 'stopped' = 'new';

	constructor(options: SequencerOptions) {
		this.#options = options;
		this.#intents = new Intents(options.chain.chainId, options.orderBook);
		this.#holds = new Holds(options.clerk, options, options.reservations);
		this.#promises = new Promises(options.journal, options.clerk);
		this.#keeping = new Keeping(this.#holds, options);
		this.#soldOut = new SoldOutNotices(options.signer);
		this.#signers = new Signers(options.clerk);
	}

	get isTurningAway(): boolean {
		return this.#soldOut.areHandedOut;
	}

	get backlog(): number {
		return this.#options.settler.backlog;
	}

	async start(): Promise<void> {
		const { journal } = this.#options;
		const [open, recent] = await Promise.all([journal.open(), journal.recent(REMEMBERED), this.#promises.start()]);
		for (const { orderId, signature } of recent) this.#earlier.set(signature, orderId);
		for (const promise of open) this.#keeping.keep({ intent: this.#intents.again(promise), receipt: promise.receipt });
		this.#state = 'started';
	}

	async stop(): Promise<void> {
		this.#state = 'stopped';
		for (const one of this.#waiting.leave()) one.reject(new Refusal('Operator_Stopping', 'unavailable'));
		await this.#gathering;
		await this.#written;
		await this.#keeping.stop();
		await this.#options.clerk.close();
	}

	submit(order: Order, signature: Hex): Promise<IntentAnswer> {
		if (this.#state !== 'started') return Promise.reject(new Refusal('Operator_Stopping', 'unavailable'));
		if (!isTabSignature(signature)) return Promise.reject(new Refusal('OrderBook_InvalidSignature', 'forbidden', { signer: order.buyer }));
		return this.#answers.do(signature, () => {
			const earlier = this.#earlier.get(signature);
			if (earlier !== undefined) return this.#repeat(earlier);
			if (this.#soldOut.isFresh(order.offerId.toString())) return Promise.reject(this.#soldOut.refusal(order));
			this.#soldOut.lookAgain(order.offerId.toString());
			return new Promise((resolve, reject) => {
				const intent = this.#intents.of(order, signature);
				this.#waiting.add({ intent, signer: this.#signers.ask(intent), resolve, reject });
				this.#begin();
			});
		});
	}

	tooLate({ offerId, wanted, signature }: { offerId: string; wanted: string; signature: Hex }): string | null {
		// Whoever was promised something, or is about to be, is told that.
		if (this.#state !== 'started' || this.#answers.has(signature) || this.#earlier.has(signature)) return null;
		return this.#soldOut.isFresh(offerId) ? this.#soldOut.text(offerId, wanted) : null;
	}

	hold(): Promise<void> | null {
		return this.#waiting.hold();
	}

	async receipt(orderId: Hex): Promise<ReceiptView | null> {
		const promise = await this.#options.journal.find(orderId);
		return promise && { ...this.#options.signer.present(promise.receipt, promise.receiptSignature), status: promise.status, reason: promise.reason };
	}

	left(offerId: string): Promise<OfferLeft | null> {
		const known = this.#left.get(offerId);
		if (known && performance.now() - known.at < LEFT_MS) return known.left;
		const left = this.#readLeft(offerId);
		if (this.#left.size >= REMEMBERED) this.#left.clear();
		this.#left.set(offerId, { at: performance.now(), left });
		left.catch(() => this.#left.delete(offerId));
		return left;
	}

	async #readLeft(offerId: string): Promise<OfferLeft | null> {
		const remaining = await this.#holds.look([offerId], [], []);
		if (!remaining.snapshot.offers.has(offerId)) return null;
		return { offerId, left: remaining.stockOf(offerId)?.toString() ?? null, waiting: this.#waiting.length };
	}

	#begin(): void {
		this.#gathering ??= this.#gather().finally(() => {
			this.#gathering = null;
			// Whoever came in the moment of its end.
			if (this.#waiting.length > 0) this.#begin();
		});
	}

	async #gather(): Promise<void> {
		for (let batch = await this.#waiting.next(); batch.length > 0; batch = await this.#waiting.next()) {
			try {
				await this.#judgeAll(inFairOrder(batch, (await this.#options.chain.head()).hash));
			} catch (error) {
				for (const one of batch) one.reject(error);
			}
		}
	}

	/** One after the other: each that passes takes its part before the next is looked at. */
	async #judgeAll(batch: readonly Queued[]): Promise<void> {
		const failures = this.#failures;
		const intents = batch.map(({ intent }) => intent);
		const offerIds = [...new Set(intents.map(({ offerId }) => offerId))];
		const asked = intents.map(({ orderId }) => orderId);
		const known = Promise.all([
			this.#holds.look(offerIds, intents.map(aboutOf), asked),
			Promise.all(batch.map(({ signer }) => signer)),
			this.#promises.learn(offerIds),
		]);
		this.#signers.flush();
		if (batch.length >= MOST_AT_ONCE) this.#options.clerk.standAside();
		const [remaining, signers] = await known;
		const byBlock = await this.#byBlock();
		const promised: Promised[] = [];
		const refused: { queued: Queued; refusal: unknown }[] = [];
		for (const [i, queued] of batch.entries()) {
			try {
				const held = await this.#judge(queued.intent, remaining, signers[i] ?? null, byBlock);
				if (held.receipt === null) this.#placeAndAnswer(held, queued);
				else promised.push({ held, queued, promise: promiseOf(held.intent, held.receipt) });
			} catch (refusal) {
				refused.push({ queued, refusal });
			}
		}
		// Nobody is told that nothing is left before it is sure: what cannot be written down is given back.
		const written = Promise.all([this.#answer(promised), this.#written]).then(() => {
			const isWritten = this.#failures === failures;
			for (const id of offerIds) {
				if (isWritten && remaining.stockOf(id) === 0n) this.#post(id);
				else this.#soldOut.takeDown(id);
			}
			// What was given back may be what they were refused for: they ask again.
			for (const { queued, refusal } of refused)
				queued.reject(isWritten ? this.#inWriting(refusal, queued.intent.order) : new Refusal('Operator_Stopping', 'unavailable', {}, { cause: refusal }));
		});
		this.#written = written.catch(this.#options.onError);
		// Else the next ones are judged while the disk turns. Behind a full gathering a crowd waits to hear how it came out.
		if (batch.length >= MOST_AT_ONCE) await this.#written;
	}

	/** Holds goods and money for what passes; throws the refusal of what does not. `signer` in lower case; null: nobody. */
	async #judge(intent: Intent, remaining: Remaining, signer: Address | null, byBlock: bigint): Promise<Held> {
		const { rulesOf, chain, operatorId, parameters } = this.#options;
		const { snapshot } = remaining;
		const { order } = intent;
		if (this.#holds.has(intent.orderId)) throw new Refusal('OrderBook_AlreadyPlaced', 'conflict', { orderId: intent.orderId });
		const offer = requireGoods(intent, remaining);
		const sameTerms = intent.termsHash === this.#intents.termsOf(offer);
		// The chain is asked about published terms only: else whoever makes some up would keep everybody waiting.
		const rules = sameTerms && signer === intent.key ? await rulesOf(order.terms.currency, order.terms.arbitrator, snapshot.decided) : unasked(order);
		const now = chain.now();
		requireSound(intent, { offer, remaining, rules, now, operatorId, signer, sameTerms });
		this.#takeOne(order.buyer);
		remaining.take(intent);
		const isSafe = isOurs(offer, operatorId, now) && areRulesSettled(snapshot, parameters, now);
		const held: Held = { intent, receipt: isSafe ? this.#promises.make(intent, offer, byBlock) : null };
		this.#holds.add(held);
		return held;
	}

	async #byBlock(): Promise<bigint> {
		const { chain } = this.#options;
		const { number } = await chain.head();
		return number + (chain.embedded ? PROMISE_BLOCKS.embedded : PROMISE_BLOCKS.remote) + BigInt(Math.ceil(this.#holds.size / HELD_PER_BLOCK));
	}

	/** Whoever comes too late is told how many pieces were promised, up to which receipt, signed. */
	#inWriting(refusal: unknown, order: Order): unknown {
		if (!(refusal instanceof Refusal) || refusal.code !== 'Catalog_SoldOut' || refusal.details.left !== '0') return refusal;
		this.#post(order.offerId.toString());
		return this.#soldOut.refusal(order);
	}

	#post(offerId: string): void {
		this.#soldOut.post(offerId, this.#promises.piecesOf(offerId), this.#promises.position);
	}

	/** Written down first, then told, then kept. */
	async #answer(promised: readonly Promised[]): Promise<void> {
		if (promised.length === 0) return;
		const { clerk, signer } = this.#options;
		let written: ReadonlyMap<Hex, Hex>;
		try {
			written = await clerk.write(promised.map(({ promise }) => promise));
		} catch (cause) {
			for (const { held, queued } of promised) {
				this.#holds.remove(held.intent);
				queued.reject(new Refusal('Operator_Stopping', 'unavailable', {}, { cause }));
			}
			if (isSuperseded(cause)) this.#state = 'stopped';
			this.#failures++;
			this.#options.onError(cause);
			return;
		}
		for (const { held, queued, promise } of promised) {
			const { receipt } = promise;
			const signature = written.get(receipt.orderId);
			if (signature === undefined) {
				// Promised before, and refused by the chain since.
				this.#holds.remove(held.intent);
				queued.reject(new Refusal('OrderBook_AlreadyPlaced', 'conflict', { orderId: receipt.orderId }));
				continue;
			}
			queued.resolve({ orderId: receipt.orderId, receipt: signer.present(receipt, signature), placed: null });
			this.#keeping.keep(held);
		}
	}

	#placeAndAnswer(held: Held, queued: Queued): void {
		const { orderId } = held.intent;
		this.#keeping.place(held).then(({ transactionHash, blockNumber }) => {
			const created = { shopIds: [], listingIds: [], orderIds: [orderId] };
			queued.resolve({ orderId, receipt: null, placed: { transactionHash, blockNumber: blockNumber.toString(), created } });
		}, queued.reject);
	}

	async #repeat(orderId: Hex): Promise<IntentAnswer> {
		const promise = await this.#options.journal.find(orderId);
		if (promise === null) throw new Refusal('Order_Unknown', 'notFound', { orderId });
		return { orderId, receipt: this.#options.signer.present(promise.receipt, promise.receiptSignature), placed: null };
	}
}
