import { setTimeout as sleep } from 'node:timers/promises';
import { batchAbi } from '@kaishi/protocol/generated/batch';
import { Refusal } from '@kaishi/protocol/platform/errors';
import { type Address, decodeEventLog, type Hex, isAddressEqual, toEventSelector } from 'viem';
import type { SubmittedReceipt } from '../platform/chain/chain.ts';
import { TRANSACTION_GAS_CAP } from '../platform/chain/executor.ts';
import type { Operator } from '../platform/chain/operator.ts';
import { refusalOfRevert } from '../platform/relayer/decode-revert.ts';
import type { Intent } from './promise.ts';
import { encodePlacing, encodeRunEach } from './settle-call.ts';

/** Where an order was placed. */
export interface Placed {
	transactionHash: Hex;
	blockNumber: bigint;
}

export interface SettlerOptions {
	operator: Operator;
	batch: Address;
	orderBook: Address;
	/** How long orders are gathered into one transaction, milliseconds. */
	gatherMs?: number;
	/** Whether others wait for this thread: then orders, whose buyers were promised them, depart a little later. */
	givesWay?(): boolean;
	/** A try that failed for reasons of the chain; it is repeated. */
	onError(error: unknown): void;
}

interface Waiting {
	intent: Pick<Intent, 'order' | 'signature'>;
	/** Encoded when its turn comes: who was promised it is told first. */
	call: string | null;
	/** A place of its own: among others it had too little gas. */
	alone: boolean;
	resolve(placed: Placed): void;
	reject(reason: unknown): void;
}

/** Calldata of one transaction; nodes accept 128 kB. */
const MAX_BYTES = 96 * 1024;
const MAX_CALLS = 100;
/** Twice what an order by a tab's key takes, so that one that burns gas keeps nobody from a place. */
const GAS_PER_ORDER = 160_000n;
const GAS_BESIDE = 200_000n;
/** What waits meanwhile fills the next transaction: fewer and fuller ones cost less. */
const MAX_UNDER_WAY = 2;
/** How long they give way at most, and how often it is asked, milliseconds. */
const [WAY_MS, LOOK_MS] = [100, 5];
const RETRY_MS = [50, 250, 1000, 3000];
const SKIPPED = toEventSelector('CallSkipped(uint256,bytes)');

/** Puts signed orders on the chain, many in one transaction, bad ones left out. It never gives up on an order that the chain has not refused. */
export class Settler {
	readonly #options: SettlerOptions;
	readonly #gatherMs: number;
	#waiting: Waiting[] = [];
	#underWay = 0;
	#gathering = false;
	#stopped = false;

	constructor(options: SettlerOptions) {
		this.#options = options;
		this.#gatherMs = options.gatherMs ?? 8;
	}

	/** Orders that are on their way. */
	get backlog(): number {
		return this.#waiting.length + this.#underWay * MAX_CALLS;
	}

	/** Resolves once the order stands in a block; rejects with the contract's `Refusal`. */
	place(intent: Pick<Intent, 'order' | 'signature'>): Promise<Placed> {
		return new Promise((resolve, reject) => {
			this.#waiting.push({ intent, call: null, alone: false, resolve, reject });
			if (this.#gathering) return;
			this.#gathering = true;
			void this.#gather().then(() => {
				this.#gathering = false;
				this.#depart();
			});
		});
	}

	async #gather(): Promise<void> {
		await sleep(this.#gatherMs);
		const until = performance.now() + WAY_MS;
		while (this.#options.givesWay?.() && performance.now() < until) await sleep(LOOK_MS);
	}

	/** What is waiting stays in the journal for whoever comes next. */
	stop(): void {
		this.#stopped = true;
		for (const one of this.#waiting.splice(0)) one.reject(new Refusal('Operator_Stopping', 'unavailable'));
	}

	#depart(): void {
		while (this.#waiting.length > 0 && this.#underWay < MAX_UNDER_WAY && !this.#stopped) {
			const passengers = this.#board();
			this.#underWay++;
			void this.#travel(passengers).finally(() => {
				this.#underWay--;
				this.#depart();
			});
		}
	}

	#board(): Waiting[] {
		let bytes = 0;
		let count = 0;
		for (const passenger of this.#waiting) {
			const { alone } = passenger;
			if (alone && count > 0) break;
			bytes += callOf(passenger).length / 2 + 160;
			if (count > 0 && (bytes > MAX_BYTES || count >= MAX_CALLS)) break;
			count++;
			if (alone) break;
		}
		return this.#waiting.splice(0, count);
	}

	async #travel(passengers: readonly Waiting[]): Promise<void> {
		const { operator, batch, orderBook, onError } = this.#options;
		const gas = GAS_BESIDE + GAS_PER_ORDER * BigInt(passengers.length);
		const transaction = {
			to: batch,
			data: encodeRunEach(orderBook, passengers.map(callOf)),
			gas: gas < TRANSACTION_GAS_CAP ? gas : TRANSACTION_GAS_CAP,
			// Who estimates counts a call that is skipped as one that went well.
			exactGas: true,
		};
		for (let attempt = 0; ; attempt++) {
			try {
				const receipt = await operator.send(transaction);
				// The batch itself fails only when its gas does not suffice.
				if (!receipt.success) return await this.#split(passengers, receipt);
				return this.#deliver(passengers, receipt);
			} catch (error) {
				if (this.#stopped) {
					for (const one of passengers) one.reject(new Refusal('Operator_Stopping', 'unavailable', {}, { cause: error }));
					return;
				}
				onError(error);
				await sleep(RETRY_MS[Math.min(attempt, RETRY_MS.length - 1)]);
			}
		}
	}

	async #split(passengers: readonly Waiting[], receipt: SubmittedReceipt): Promise<void> {
		if (passengers.length === 1) {
			passengers[0]?.reject(refusalOfRevert(receipt.revertData));
			return;
		}
		const middle = Math.ceil(passengers.length / 2);
		await this.#travel(passengers.slice(0, middle));
		await this.#travel(passengers.slice(middle));
	}

	#deliver(passengers: readonly Waiting[], { transactionHash, blockNumber, logs }: SubmittedReceipt): void {
		const skipped = new Map<number, Hex>();
		for (const log of logs) {
			if (log.topics[0] !== SKIPPED || !isAddressEqual(log.address, this.#options.batch)) continue;
			const { args } = decodeEventLog({ abi: batchAbi, eventName: 'CallSkipped', topics: log.topics as [Hex, ...Hex[]], data: log.data });
			skipped.set(Number(args.index), args.reason);
		}
		for (const [index, passenger] of passengers.entries()) {
			const reason = skipped.get(index);
			if (reason === undefined) passenger.resolve({ transactionHash, blockNumber });
			// No word of a contract: the gas was used up.
			else if (reason === '0x' && !passenger.alone) this.#waiting.push({ ...passenger, alone: true });
			else passenger.reject(refusalOfRevert(reason));
		}
	}
}

const callOf = (passenger: Waiting): string => (passenger.call ??= encodePlacing(passenger.intent.order, passenger.intent.signature));
