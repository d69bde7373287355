import { createHash } from 'node:crypto';
import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import type { IntentAnswer, OfferLeft, Receipt, ReceiptStatus, ReceiptView } from '@kaishi/protocol/operator';
import { type Order, orderFromWire, orderIdFrom, orderToWire, termsFromWire, termsHashOf } from '@kaishi/protocol/order';
import { Refusal } from '@kaishi/protocol/platform/errors';
import { isTabSignature } from '@kaishi/protocol/tab';
import type { Address, Hex } from 'viem';
import type { Chain } from '../platform/chain/chain.ts';
import { isSuperseded } from '../platform/cluster/term.ts';
import { keccakHex } from '../platform/crypto/keccak.ts';
import type { Recoverer } from '../platform/crypto/recoverer.ts';
import type { Database } from '../platform/db/database.ts';
import { createRateLimiter } from '../platform/limits/rate-limit.ts';
import { Once } from '../platform/relayer/once.ts';
import type { Reservations, TabId } from '../tab/public.ts';
import type { Journal, NewPromise } from './journal.ts';
import { isOurs, listingIdOf, Remaining, type Rules, requireGoods, requireSound } from './judge.ts';
import type { Held, Intent, JournaledPromise } from './promise.ts';
import type { ReceiptSigner } from './receipts.ts';
import type { Placed, Settler } from './settler.ts';
import { type OfferRow, tabId, takeSnapshot } from './snapshot.ts';

/** Takes signed orders in the order of their arrival, promises what it can keep, and sees to it that promises are kept. */
export interface Sequencer {
	/** Answers an intent; the same one again gets the same answer. Refuses as the contracts would, or with `Operator_*`. */
	submit(order: Order, signature: Hex): Promise<IntentAnswer>;
	receipt(orderId: Hex): Promise<ReceiptView | null>;
	/** What can still be promised of an offer; null when there is no such offer. */
	left(offerId: string): Promise<OfferLeft | null>;
	/** Orders that are on their way to the chain. */
	readonly backlog: number;
	/** Takes up what was promised before. */
	start(): Promise<void>;
	stop(): Promise<void>;
}

export interface SequencerOptions {
	db: Database;
	chain: Chain;
	orderBook: Address;
	operatorId: number;
	journal: Journal;
	signer: ReceiptSigner;
	settler: Settler;
	recoverer: Recoverer;
	rulesOf(currency: Address, arbitrator: Address): Promise<Rules>;
	/** Resolves when the tables hold everything up to this block. */
	waitForProjection(block: bigint): Promise<void>;
	/** Where orders and purchases on the tab itself keep from promising the same money. */
	reservations: Reservations;
	/** Operational failures: a promise that the chain refused is one. */
	onError(error: unknown): void;
}

interface Queued {
	order: Order;
	signature: Hex;
	/** Gatherings since the start: who arrives in the same one arrives at the same time. */
	slot: number;
	resolve(answer: IntentAnswer): void;
	reject(reason: unknown): void;
}

/** Intents that arrive within this time arrive together, milliseconds. */
const GATHER_MS = 4;
const MOST_AT_ONCE = 128;
/** More wait for nothing: they are told how many are before them. */
const MOST_WAITING = 10_000;
const REMEMBERED = 20_000;
/** How long "sold out" is taken for granted, milliseconds: goods come back when somebody cancels. */
const SOLD_OUT_MS = 150;
/** The event loop belongs to pages, too. */
const SLICE_MS = 8;
const CONCLUDE_MS = 100;
/** Blocks within which a promise is kept. The embedded chain cuts up to ten a second. */
const PROMISE_BLOCKS = { embedded: 30n, remote: 12n };
const RATE = { burst: 60, perSecond: 5 };

export function openSequencer(options: SequencerOptions): Sequencer {
	return new OpenSequencer(options);
}

class OpenSequencer implements Sequencer {
	readonly #options: SequencerOptions;
	readonly #answers = new Once<IntentAnswer>(REMEMBERED);
	/** Intents that were promised before this process began, by signature. */
	readonly #earlier = new Map<Hex, Hex>();
	readonly #held = new Map<Hex, Held>();
	/** What of {@link #held} comes out of each tab. */
	readonly #heldOn = new Map<string, bigint>();
	readonly #soldOut = new Map<string, { at: number; notice: Record<string, string> }>();
	readonly #pieces = new Map<string, bigint>();
	readonly #termsHashes = new Map<string, Hex>();
	readonly #leftCache = new Map<string, { at: number; left: Promise<OfferLeft | null> }>();
	readonly #takeOne = createRateLimiter(RATE, { code: 'Relayer_TooMany' });
	readonly #concluded: Record<'placed', Hex[]> = { placed: [] };
	#queue: Queued[] = [];
	#slot = 0;
	#wake = () => {};
	#position = 0n;
	#gathering: Promise<void> | null = null;
	#concluding: Promise<void> | null = null;
	#started = false;
	#stopped = false;

	constructor(options: SequencerOptions) {
		this.#options = options;
	}

	get backlog(): number {
		return this.#options.settler.backlog;
	}

	async start(): Promise<void> {
		const { journal } = this.#options;
		const [position, open, recent] = await Promise.all([journal.lastPosition(), journal.open(), journal.recent(REMEMBERED)]);
		this.#position = position;
		for (const { orderId, signature } of recent) this.#earlier.set(signature, orderId);
		for (const promise of open) this.#keep({ intent: this.#intentOf(promise), receipt: promise.receipt });
		this.#started = true;
	}

	async stop(): Promise<void> {
		this.#stopped = true;
		for (const one of this.#queue.splice(0)) one.reject(new Refusal('Operator_Stopping', 'unavailable'));
		await this.#gathering;
		this.#options.settler.stop();
		await this.#concluding;
		await this.#options.recoverer.close();
	}

	submit(order: Order, signature: Hex): Promise<IntentAnswer> {
		if (this.#stopped || !this.#started) return Promise.reject(new Refusal('Operator_Stopping', 'unavailable'));
		if (!isTabSignature(signature)) return Promise.reject(new Refusal('OrderBook_InvalidSignature', 'forbidden', { signer: order.buyer }));
		return this.#answers.do(signature, () => {
			const earlier = this.#earlier.get(signature);
			if (earlier !== undefined) return this.#repeat(earlier);
			const offerId = order.offerId.toString();
			const soldOut = this.#soldOut.get(offerId);
			if (soldOut && performance.now() - soldOut.at < SOLD_OUT_MS) return Promise.reject(this.#tooLate(order));
			if (this.#queue.length >= MOST_WAITING) return Promise.reject(new Refusal('Operator_Busy', 'unavailable', { ahead: String(this.#queue.length) }));
			return new Promise((resolve, reject) => {
				this.#queue.push({ order, signature, slot: this.#slot, resolve, reject });
				if (this.#queue.length >= MOST_AT_ONCE) this.#wake();
				this.#gathering ??= this.#gather().finally(() => {
					this.#gathering = null;
				});
			});
		});
	}

	async receipt(orderId: Hex): Promise<ReceiptView | null> {
		const promise = await this.#options.journal.find(orderId);
		return promise && this.#view(promise);
	}

	left(offerId: string): Promise<OfferLeft | null> {
		const cached = this.#leftCache.get(offerId);
		if (cached && performance.now() - cached.at < SOLD_OUT_MS) return cached.left;
		const left = this.#readLeft(offerId);
		if (this.#leftCache.size >= REMEMBERED) this.#leftCache.clear();
		this.#leftCache.set(offerId, { at: performance.now(), left });
		left.catch(() => this.#leftCache.delete(offerId));
		return left;
	}

	async #readLeft(offerId: string): Promise<OfferLeft | null> {
		const remaining = await this.#look([offerId], []);
		if (!remaining.snapshot.offers.has(offerId)) return null;
		return { offerId, left: remaining.stockOf(offerId)?.toString() ?? null, waiting: this.#queue.length };
	}

	async #gather(): Promise<void> {
		while (this.#queue.length > 0) {
			// Whoever came while the last ones were judged has waited long enough.
			if (this.#queue.length < MOST_AT_ONCE) await this.#moment();
			this.#slot++;
			const batch = this.#queue.splice(0, MOST_AT_ONCE);
			try {
				await this.#judgeAll(inFairOrder(batch, (await this.#options.chain.head()).hash));
			} catch (error) {
				for (const one of batch) one.reject(error);
			}
		}
	}

	/** Some milliseconds, or until there is enough to do. */
	#moment(): Promise<void> {
		return new Promise((resolve) => {
			const timer = setTimeout(resolve, GATHER_MS);
			this.#wake = () => {
				clearTimeout(timer);
				resolve();
			};
		});
	}

	/** One after the other: each that passes takes its part before the next is looked at. */
	async #judgeAll(batch: readonly Queued[]): Promise<void> {
		const { rulesOf, chain, operatorId } = this.#options;
		const offerIds = [...new Set(batch.map(({ order }) => order.offerId.toString()))];
		const remaining = await this.#look(
			offerIds,
			batch.map(({ order, signature }) => {
				const [account, currency, key] = [order.buyer, order.terms.currency, keyOf(signature)];
				return { account, currency, key, listingId: listingIdOf(order.offerId), tab: tabId({ account, key, currency }) };
			}),
		);
		await this.#learnPieces(offerIds);
		const [now, byBlock] = [chain.now(), (await chain.head()).number + (chain.embedded ? PROMISE_BLOCKS.embedded : PROMISE_BLOCKS.remote)];
		const promises: (NewPromise & { held: Held; queued: Queued })[] = [];
		const signed = await this.#recoverAll(batch, remaining);
		let slice = performance.now();
		for (const queued of batch) {
			try {
				const offer = requireGoods(queued, remaining);
				const { intent, signer } = signed.get(queued) ?? { intent: this.#intentOf(queued), signer: null };
				if (this.#held.has(intent.orderId)) throw new Refusal('OrderBook_AlreadyPlaced', 'conflict', { orderId: intent.orderId });
				const rules = await rulesOf(queued.order.terms.currency, queued.order.terms.arbitrator);
				requireSound(intent, { offer, remaining, rules, now, operatorId, signer, sameTerms: intent.termsHash === this.#publishedHash(offer) });
				this.#takeOne(queued.order.buyer);
				remaining.take(intent);
				const held: Held = { intent, receipt: isOurs(offer, operatorId, now) ? this.#promise(intent, offer, byBlock) : null };
				this.#hold(held);
				if (held.receipt === null) this.#placeAndAnswer(held, queued);
				else promises.push(this.#written(held, held.receipt, queued));
			} catch (refusal) {
				const tooLate = refusal instanceof Refusal && refusal.code === 'Catalog_SoldOut' && refusal.details.left === '0';
				queued.reject(tooLate ? this.#tooLate(queued.order) : refusal);
			}
			if (performance.now() - slice > SLICE_MS) {
				await setImmediate();
				slice = performance.now();
			}
		}
		for (const id of offerIds) {
			if (remaining.stockOf(id) === 0n) this.#noteSoldOut(id);
			else this.#soldOut.delete(id);
		}
		// Not awaited: the next ones are judged while the disk turns.
		if (promises.length > 0) void this.#answer(promises);
	}

	/** Who signed: it takes longest, so nobody is looked at for whom nothing is left. */
	async #recoverAll(batch: readonly Queued[], remaining: Remaining): Promise<Map<Queued, { intent: Intent; signer: Address | null }>> {
		const hopeful = batch
			.filter(({ order }) => remaining.stockOf(order.offerId.toString()) !== 0n)
			.map((queued) => ({ queued, intent: this.#intentOf(queued) }));
		const items = hopeful.map(({ intent }) => ({ digest: intent.orderId, signature: `0x${intent.signature.slice(42)}` as Hex }));
		const signers = await this.#options.recoverer.recover(items);
		return new Map(hopeful.map(({ queued, intent }, i) => [queued, { intent, signer: signers[i] ?? null }]));
	}

	#noteSoldOut(offerId: string): void {
		const pieces = (this.#pieces.get(offerId) ?? 0n).toString();
		const before = this.#soldOut.get(offerId)?.notice;
		const notice = before?.pieces === pieces ? before : this.#signedSoldOut(offerId, pieces);
		if (this.#soldOut.size >= REMEMBERED) this.#soldOut.clear();
		this.#soldOut.set(offerId, { at: performance.now(), notice });
	}

	#signedSoldOut(offerId: string, pieces: string): Record<string, string> {
		const soldOut = { offerId: BigInt(offerId), pieces: BigInt(pieces), position: this.#position };
		return { pieces, position: this.#position.toString(), signature: this.#options.signer.signSoldOut(soldOut) };
	}

	/** Whoever comes too late gets it in writing. */
	#tooLate(order: Order): Refusal {
		const offerId = order.offerId.toString();
		if (!this.#soldOut.has(offerId)) this.#noteSoldOut(offerId);
		return new Refusal('Catalog_SoldOut', 'conflict', { offerId, left: '0', wanted: order.quantity.toString(), ...this.#soldOut.get(offerId)?.notice });
	}

	/** Written down first, then told, then kept. */
	async #answer(promises: readonly (NewPromise & { held: Held; queued: Queued })[]): Promise<void> {
		const { journal, signer } = this.#options;
		try {
			await journal.append(promises);
		} catch (cause) {
			for (const { held, queued } of promises) {
				this.#release(held.intent);
				queued.reject(new Refusal('Operator_Stopping', 'unavailable', {}, { cause }));
			}
			if (isSuperseded(cause)) this.#stopped = true;
			this.#options.onError(cause);
			return;
		}
		for (const { held, queued, receipt, receiptSignature } of promises) {
			queued.resolve({ orderId: receipt.orderId, receipt: signer.present(receipt, receiptSignature), placed: null });
			this.#keep(held);
		}
	}

	#promise({ orderId, order, total }: Intent, { stock }: OfferRow, byBlock: bigint): Receipt {
		const offerId = order.offerId.toString();
		const piece = stock === null ? 0n : (this.#pieces.get(offerId) ?? 0n) + order.quantity;
		if (stock !== null) this.#pieces.set(offerId, piece);
		return {
			orderId,
			buyer: order.buyer,
			token: order.terms.currency,
			total,
			offerId: order.offerId,
			piece,
			quantity: order.quantity,
			position: ++this.#position,
			byBlock,
		};
	}

	#written(held: Held, receipt: Receipt, queued: Queued) {
		const { key, order, signature } = held.intent;
		return { receipt, receiptSignature: this.#options.signer.sign(receipt), key, wire: orderToWire(order), signature, held, queued };
	}

	/** Places what was promised; a promise ends when the tables know how it came out. */
	#keep(held: Held): void {
		this.#hold(held);
		this.#place(held).then(
			() => this.#conclude(held.intent.orderId),
			(reason: unknown) => this.#fail(held, reason),
		);
	}

	async #place({ intent }: Held): Promise<Placed> {
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
		} finally {
			this.#release(intent);
		}
	}

	#hold(held: Held): void {
		const { intent } = held;
		if (this.#held.has(intent.orderId)) return;
		this.#held.set(intent.orderId, held);
		this.#heldOn.set(intent.tab, (this.#heldOn.get(intent.tab) ?? 0n) + intent.total);
		this.#options.reservations.restore(reservationOf(intent), intent.orderId, intent.total);
	}

	#release(intent: Intent): void {
		if (!this.#held.delete(intent.orderId)) return;
		const rest = (this.#heldOn.get(intent.tab) ?? 0n) - intent.total;
		if (rest > 0n) this.#heldOn.set(intent.tab, rest);
		else this.#heldOn.delete(intent.tab);
		this.#options.reservations.release(reservationOf(intent), intent.orderId);
	}

	/** What is promised on a tab for other things than orders. */
	#spentElsewhere(tab: TabId): bigint {
		return this.#options.reservations.promisedOn(tab) - (this.#heldOn.get(tabId({ ...tab, currency: tab.token })) ?? 0n);
	}

	#placeAndAnswer(held: Held, queued: Queued): void {
		const { orderId } = held.intent;
		this.#place(held).then(({ transactionHash, blockNumber }) => {
			const created = { shopIds: [], listingIds: [], orderIds: [orderId] };
			queued.resolve({ orderId, receipt: null, placed: { transactionHash, blockNumber: blockNumber.toString(), created } });
		}, queued.reject);
	}

	#conclude(orderId: Hex): void {
		this.#concluded.placed.push(orderId);
		this.#concluding ??= sleep(this.#stopped ? 0 : CONCLUDE_MS).then(async () => {
			const done = this.#concluded.placed.splice(0);
			this.#concluding = null;
			await this.#options.journal.conclude(done, 'placed').catch(this.#options.onError);
		});
	}

	/** The chain refused what was promised: nobody should have been able to bring that about. */
	async #fail({ intent: { orderId } }: Held, reason: unknown): Promise<void> {
		if (reason instanceof Refusal && reason.code === 'Operator_Stopping') return;
		// Tables, chain or this server went away: how it came out is found out at the next start.
		if (!(reason instanceof Refusal) || reason.kind === 'unavailable') return this.#options.onError(reason);
		const { code } = reason;
		this.#options.onError(new Error(`the promise of order ${orderId} was refused by the chain: ${code}`, { cause: reason }));
		await this.#options.journal.conclude([orderId], 'failed', code).catch(this.#options.onError);
	}

	/** Everything that intents are about, less what is held already. */
	async #look(
		offerIds: readonly string[],
		about: readonly { account: Address; currency: Address; listingId: string; key: Address; tab: string }[],
	): Promise<Remaining> {
		const [offers, tabs] = [new Set(offerIds), new Map(about.map((one) => [one.tab, one]))];
		const concerned = [...this.#held.values()].filter(({ intent }) => offers.has(intent.offerId) || tabs.has(intent.tab));
		const elsewhereOn = (tab: string) => {
			const one = tabs.get(tab);
			return one ? this.#spentElsewhere({ account: one.account, key: one.key, token: one.currency }) : 0n;
		};
		const elsewhere = () => new Map([...tabs.keys()].map((tab) => [tab, elsewhereOn(tab)]));
		const before = elsewhere();
		const snapshot = await takeSnapshot(this.#options.db, { offerIds, tabs: about, orderIds: concerned.map(({ intent }) => intent.orderId), units: about });
		// Paid while the tables were read: they may not show it yet, and both counts are promises. Bought since: a promise, too.
		const after = elsewhere();
		const most = (tab: string) => [before.get(tab) ?? 0n, after.get(tab) ?? 0n, elsewhereOn(tab)].reduce((a, b) => (a > b ? a : b));
		return new Remaining(snapshot, concerned, most);
	}

	async #learnPieces(offerIds: readonly string[]): Promise<void> {
		const unknown = offerIds.filter((id) => !this.#pieces.has(id));
		if (unknown.length === 0) return;
		const last = await this.#options.journal.lastPieces(unknown);
		if (this.#pieces.size >= REMEMBERED) this.#pieces.clear();
		for (const id of unknown) this.#pieces.set(id, last.get(id) ?? 0n);
	}

	#publishedHash(offer: OfferRow): Hex {
		const key = `${offer.offerId}/${offer.version}`;
		let published = this.#termsHashes.get(key);
		if (published === undefined) {
			published = termsHashOf(termsFromWire(offer.terms), keccakHex);
			if (this.#termsHashes.size >= REMEMBERED) this.#termsHashes.clear();
			this.#termsHashes.set(key, published);
		}
		return published;
	}

	#intentOf(from: { order: Order; signature: Hex } | JournaledPromise): Intent {
		const order = 'wire' in from ? orderFromWire(from.wire) : from.order;
		const termsHash = termsHashOf(order.terms, keccakHex);
		const orderId = 'receipt' in from ? from.receipt.orderId : orderIdFrom(order, termsHash, this.#options.chain.chainId, this.#options.orderBook, keccakHex);
		const key = keyOf(from.signature);
		const tab = tabId({ account: order.buyer, key, currency: order.terms.currency });
		return { orderId, order, termsHash, signature: from.signature, key, total: totalOf(order), offerId: order.offerId.toString(), tab };
	}

	async #repeat(orderId: Hex): Promise<IntentAnswer> {
		const promise = await this.#options.journal.find(orderId);
		if (promise === null) throw new Refusal('Order_Unknown', 'notFound', { orderId });
		return { orderId, receipt: this.#options.signer.present(promise.receipt, promise.receiptSignature), placed: null };
	}

	#view(promise: JournaledPromise): ReceiptView {
		const { receipt, receiptSignature, status, reason } = promise;
		return { ...this.#options.signer.present(receipt, receiptSignature), status: status as ReceiptStatus, reason };
	}
}

const keyOf = (signature: Hex): Address => signature.slice(0, 42).toLowerCase() as Address;
const reservationOf = ({ order, key }: Intent): TabId => ({ account: order.buyer, key, token: order.terms.currency });
const totalOf = ({ terms, quantity }: Order): bigint => terms.unitPrice * quantity + terms.shippingPrice;

/** By arrival; who came at the same time by a hash that nobody could know when signing. */
function inFairOrder(batch: readonly Queued[], seed: Hex): Queued[] {
	const lot = new Map(batch.map((one) => [one, createHash('sha256').update(seed).update(one.signature).digest('hex')]));
	return batch.toSorted((a, b) => a.slot - b.slot || ((lot.get(a) ?? '') < (lot.get(b) ?? '') ? -1 : 1));
}
