import { batchAbi } from '@kaishi/protocol/generated/batch';
import { type Address, encodeFunctionData, type Hex } from 'viem';

export interface PotCallsContext {
	pots: Address;
	batch: Address;
	/** Makes a call as the operator, see `Relayer.poke`; resolves when the tables hold what came of it. */
	poke(to: Address, data: Hex): Promise<unknown>;
}

/** What one call of the relayer has gas for, at 105,000 each where nobody has a balance yet. */
const MOST_AT_ONCE = 30;
/** Milliseconds in which calls gather. */
const GATHER_MS = 20;

interface Waiting {
	data: Hex;
	done(): void;
	failed(error: unknown): void;
}

/** Calls of pots by the hundred: a packet is gone in a second. In order of arrival, many in one; one that fails is left out. */
export interface PotCalls {
	/** Resolves when it was tried; whether it did anything, the tables tell. */
	make(data: Hex): Promise<void>;
	/** A call that pays many, and by itself takes most of what a call of the relayer has gas for. Throws `Refusal`. */
	makeAlone(data: Hex): Promise<void>;
	/** Resolves when nothing waits. */
	settled(): Promise<void>;
}

export function createPotCalls({ pots, batch, poke }: PotCallsContext): PotCalls {
	let waiting: Waiting[] = [];
	let round: Promise<void> | null = null;
	const send = async (calls: Waiting[]) => {
		const args = calls.map(({ data }) => ({ target: pots, data }));
		try {
			await poke(batch, encodeFunctionData({ abi: batchAbi, functionName: 'runEach', args: [args] }));
			for (const call of calls) call.done();
		} catch (error) {
			for (const call of calls) call.failed(error);
		}
	};
	const run = async () => {
		await new Promise((resolve) => setTimeout(resolve, GATHER_MS));
		while (waiting.length > 0) await send(waiting.splice(0, MOST_AT_ONCE));
		round = null;
	};
	return {
		make: (data) =>
			new Promise((resolve, reject) => {
				waiting = [...waiting, { data, done: resolve, failed: reject }];
				round ??= run();
			}),
		async makeAlone(data) {
			await poke(pots, data);
		},
		settled: async () => {
			await round;
		},
	};
}
