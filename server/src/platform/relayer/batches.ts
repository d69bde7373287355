import { batchAbi } from '@kaishi/protocol/generated/batch';
import { type Address, encodeFunctionData, type Hex } from 'viem';
import { type Shareable, shareable } from './dispatcher.ts';
import { gasOfOrders } from './intent-gas.ts';

export interface BatchCall {
	to: Address;
	data: Hex;
}

/** At up to 140,000 gas each. */
const MANY = 32;

/**
 * Calls of the market's contracts that carry their own authority or are the operator's own: one alone goes straight, several
 * through the batch contract, which names the operator as their caller. All or nothing, so a bad one is found by halving.
 */
export function createBatchCarriages(batch: Address): Shareable<BatchCall> {
	return shareable({
		capacity: MANY,
		gas: (calls) => gasOfOrders(calls.length),
		encode(calls) {
			const [first] = calls;
			if (calls.length === 1 && first !== undefined) return first;
			const args = [calls.map(({ to, data }) => ({ target: to, data }))] as const;
			return { to: batch, data: encodeFunctionData({ abi: batchAbi, functionName: 'run', args }) };
		},
		// Nothing that answers name is created by them.
		logsOf: () => [],
	});
}
