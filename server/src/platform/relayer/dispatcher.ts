import { setTimeout } from 'node:timers/promises';
import { Refusal } from '@kaishi/protocol/platform/errors';
import { type Address, type Hex, size } from 'viem';
import type { Chain, SubmittedReceipt } from '../chain/chain.ts';
import { TRANSACTION_GAS_CAP } from '../chain/executor.ts';
import type { Operator } from '../chain/operator.ts';
import { RpcError } from '../chain/rpc-error.ts';
import { refusalOfRevert } from './decode-revert.ts';
import type { Lane } from './relayer.ts';
import { simulate } from './simulate.ts';

export type Log = SubmittedReceipt['logs'][number];

/** What became of one intent on the chain. */
export interface Inclusion {
	transactionHash: Hex;
	blockNumber: bigint;
	/** Those that this intent caused. */
	logs: Log[];
}

/** A kind of intent and how several of them travel in one transaction. */
export interface Carriage<T> {
	/** Most in one transaction. */
	capacity: number;
	/** The most that these items together may burn, capped by what a transaction may. */
	gas(items: readonly T[]): bigint;
	encode(items: readonly T[]): { to: Address; data: Hex };
	/** Which item made the bundle fail, when the revert data tells. `outOfGas`: the bundle was too long, the item itself is fine. */
	culprit?(data: Hex | null): { index: number; outOfGas: boolean } | null;
	/** Logs of the item at `index` in a successful transaction; throws the item's own `Refusal` when only it failed inside. */
	logsOf(items: readonly T[], index: number, logs: readonly Log[]): Log[];
}

/** A kind of intent that may share a transaction, and the same for those that may not. */
export interface Shareable<T> {
	shared: Carriage<T>;
	alone: Carriage<T>;
}

export const shareable = <T>(shared: Carriage<T>): Shareable<T> => ({ shared, alone: { ...shared, capacity: 1 } });

interface Passenger<T> {
	item: T;
	/** Calldata of it alone; counted when it has company. */
	bytes?: number;
	resolve(inclusion: Inclusion): void;
	reject(reason: unknown): void;
}

interface Queue<T> {
	carriage: Carriage<T>;
	waiting: Passenger<T>[];
}

/** Calldata of one transaction; nodes accept 128 kB. */
const MAX_BYTES = 96 * 1024;
/** Transactions under way at once; what is waiting meanwhile fills the next ones. */
const MAX_UNDER_WAY = 8;
const LANES: Lane[] = ['money', 'catalogue', 'social'];
/** What is promised already goes before what is not money, but holds it up no longer than this, milliseconds. */
const MOST_HELD_UP_MS = 500;
const LOOK_AGAIN_MS = 25;

/** Bundles what arrives within `gatherMs` and sends it: promised orders first, then money, catalogue and talk. */
export class Dispatcher {
	readonly #chain: Chain;
	readonly #operator: Operator;
	readonly #gatherMs: number;
	// The queues of a lane hold different kinds of intents; each is only ever touched together with its own carriage.
	readonly #lanes = new Map<Lane, Map<Carriage<never>, Queue<never>>>(LANES.map((lane) => [lane, new Map()]));
	readonly #settling: () => boolean;
	#underWay = 0;
	#gathering = false;
	/** Since when lanes after money have given way to settlements. */
	#heldUpSince: number | null = null;

	/** @param settling whether promised orders wait for their place on the chain. */
	constructor(chain: Chain, operator: Operator, gatherMs: number, settling: () => boolean = () => false) {
		this.#chain = chain;
		this.#operator = operator;
		this.#gatherMs = gatherMs;
		this.#settling = settling;
	}

	/** Resolves once the intent stands in a block; rejects with the `Refusal` of this very intent. */
	dispatch<T>(carriage: Carriage<T>, lane: Lane, item: T): Promise<Inclusion> {
		return new Promise((resolve, reject) => {
			const queues = this.#lanes.get(lane) as unknown as Map<Carriage<T>, Queue<T>>;
			const queue = queues.get(carriage) ?? { carriage, waiting: [] };
			queues.set(carriage, queue);
			queue.waiting.push({ item, resolve, reject });
			if (!this.#gathering) {
				this.#gathering = true;
				void setTimeout(this.#gatherMs).then(() => {
					this.#gathering = false;
					this.#depart();
				});
			}
		});
	}

	#depart() {
		for (const lane of LANES) {
			const queues = [...(this.#lanes.get(lane)?.values() ?? [])];
			if (lane !== 'money' && queues.some((queue) => queue.waiting.length > 0) && this.#givesWay()) return;
			// By turns: many who must travel alone do not keep out those who travel together.
			while (queues.some((queue) => queue.waiting.length > 0)) {
				for (const queue of queues.filter((one) => one.waiting.length > 0)) {
					if (this.#underWay >= MAX_UNDER_WAY) return;
					const passengers = board(queue);
					this.#underWay++;
					void this.#travel(queue.carriage, passengers, false).finally(() => {
						this.#underWay--;
						this.#depart();
					});
				}
			}
		}
	}

	#givesWay(): boolean {
		const now = performance.now();
		if (!this.#settling() || now - (this.#heldUpSince ?? now) > MOST_HELD_UP_MS) {
			this.#heldUpSince = null;
			return false;
		}
		this.#heldUpSince ??= now;
		void setTimeout(LOOK_AGAIN_MS).then(() => this.#depart());
		return true;
	}

	/** Carries everyone in as few transactions as possible; each is answered. `suspicious`: simulate also a single one. */
	async #travel<T>(carriage: Carriage<T>, passengers: Passenger<T>[], suspicious: boolean): Promise<void> {
		try {
			const items = passengers.map((passenger) => passenger.item);
			const call = { ...carriage.encode(items), gas: boundGas(carriage.gas(items)) };
			if (passengers.length > 1 || suspicious) {
				const failed = await simulate(this.#chain, { from: this.#operator.address, ...call });
				if (failed !== null) return await this.#unload(carriage, passengers, failed.refusal, failed.data);
			}
			const receipt = await this.#send(call);
			if (!receipt.success) {
				// Somebody went bad between simulation and inclusion: halving shows who, and the others still travel together.
				if (passengers.length === 1) throw refusalOfRevert(receipt.revertData);
				return await this.#split(carriage, passengers, Math.ceil(passengers.length / 2));
			}
			for (const [index, passenger] of passengers.entries()) deliver(carriage, passengers, index, passenger, receipt);
		} catch (reason) {
			for (const passenger of passengers) passenger.reject(reason);
		}
	}

	/** Leaves the culprit behind, or halves the bundle until it is alone. */
	async #unload<T>(carriage: Carriage<T>, passengers: Passenger<T>[], refusal: Refusal, data: Hex | null): Promise<void> {
		if (passengers.length === 1) {
			passengers[0]?.reject(refusal);
			return;
		}
		const culprit = carriage.culprit?.(data) ?? null;
		if (culprit !== null && !culprit.outOfGas && passengers[culprit.index]) {
			passengers[culprit.index]?.reject(refusal);
			return await this.#travel(
				carriage,
				passengers.filter((_, index) => index !== culprit.index),
				true,
			);
		}
		const middle = culprit?.outOfGas && culprit.index > 0 && culprit.index < passengers.length ? culprit.index : Math.ceil(passengers.length / 2);
		await this.#split(carriage, passengers, middle);
	}

	/** One part after the other: who came first is served first, and the second part's simulation sees what the first did. */
	async #split<T>(carriage: Carriage<T>, passengers: Passenger<T>[], middle: number): Promise<void> {
		await this.#travel(carriage, passengers.slice(0, middle), true);
		await this.#travel(carriage, passengers.slice(middle), true);
	}

	async #send(call: {
		to: Address;
		data: Hex;
		gas: bigint;
	}): Promise<Pick<SubmittedReceipt, 'success' | 'revertData' | 'logs' | 'transactionHash' | 'blockNumber'>> {
		try {
			return await this.#operator.send(call);
		} catch (error) {
			// A real chain refuses in its gas estimate what would fail.
			if (error instanceof RpcError && error.data !== null) return { success: false, revertData: error.data, logs: [], transactionHash: '0x', blockNumber: 0n };
			if (error instanceof Refusal) throw error;
			throw new Refusal('Chain_Unreachable', 'unavailable', {}, { cause: error });
		}
	}
}

const boundGas = (gas: bigint) => (gas < TRANSACTION_GAS_CAP ? gas : TRANSACTION_GAS_CAP);

/** Takes as many as one transaction carries. */
function board<T>(queue: Queue<T>): Passenger<T>[] {
	const { carriage, waiting } = queue;
	const first = waiting.slice(0, carriage.capacity);
	if (first.length < 2) return waiting.splice(0, first.length);
	let bytes = 0;
	let count = 0;
	for (const passenger of first) {
		passenger.bytes ??= size(carriage.encode([passenger.item]).data);
		bytes += passenger.bytes;
		if (count > 0 && bytes > MAX_BYTES) break;
		count++;
	}
	return waiting.splice(0, count);
}

function deliver<T>(
	carriage: Carriage<T>,
	passengers: readonly Passenger<T>[],
	index: number,
	passenger: Passenger<T>,
	receipt: Pick<SubmittedReceipt, 'logs' | 'transactionHash' | 'blockNumber'>,
) {
	try {
		const logs = carriage.logsOf(
			passengers.map((one) => one.item),
			index,
			receipt.logs,
		);
		passenger.resolve({ transactionHash: receipt.transactionHash, blockNumber: receipt.blockNumber, logs });
	} catch (reason) {
		passenger.reject(reason);
	}
}
