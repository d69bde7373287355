import { batchAbi } from '@kaishi/protocol/generated/batch';
import { type Address, decodeFunctionData, type Hex } from 'viem';
import { describe, expect, test } from 'vitest';
import { createPotCalls, PAYING_GAS } from './enter.ts';

const pots: Address = `0x${'a'.repeat(40)}`;
const batch: Address = `0x${'b'.repeat(40)}`;

/** Calls as they reach the relayer: what each carries, and the gas it is given. */
function opened(answer: () => Promise<unknown> = async () => undefined) {
	const sent: { to: Address; data: Hex[]; gas: bigint }[] = [];
	const calls = createPotCalls({
		pots,
		batch,
		poke: async (to, data, gas) => {
			const [list] = decodeFunctionData({ abi: batchAbi, data }).args as readonly [readonly { target: Address; data: Hex }[]];
			expect(list.every(({ target }) => target.toLowerCase() === pots)).toBe(true);
			sent.push({ to, data: list.map((call) => call.data), gas });
			await answer();
		},
	});
	return { calls, sent };
}

const numbers = (count: number): Hex[] => Array.from({ length: count }, (_, i) => `0x${i.toString(16).padStart(4, '0')}`);

describe('calls of pots', () => {
	test('default: a crowd travels in the order of its arrival, forty in one', async () => {
		const { calls, sent } = opened();
		await Promise.all(numbers(95).map((data) => calls.make(data)));
		expect(sent.map(({ data }) => data.length)).toEqual([40, 40, 15]);
		expect(sent.flatMap(({ data }) => data)).toEqual(numbers(95));
		expect(sent.every(({ to, gas }) => to === batch && gas < 16_000_000n)).toBe(true);
	});

	test('behavior: what pays a hundred people has gas for it, and two of them do not travel together', async () => {
		const { calls, sent } = opened();
		await Promise.all([calls.make('0x01', PAYING_GAS), calls.make('0x02', PAYING_GAS), calls.make('0x03')]);
		expect(sent.map(({ data }) => data)).toEqual([['0x01'], ['0x02', '0x03']]);
		expect(sent.every(({ gas }) => gas > PAYING_GAS && gas < 16_000_000n)).toBe(true);
	});

	test('error: what could not be sent is told to whom it concerns, and the next goes on', async () => {
		let first = true;
		const { calls, sent } = opened(async () => {
			if (!first) return;
			first = false;
			throw new Error('no chain');
		});
		await expect(Promise.all([calls.make('0x01'), calls.make('0x02')])).rejects.toThrow('no chain');
		await calls.make('0x03');
		await calls.settled();
		expect(sent.map(({ data }) => data)).toEqual([['0x01', '0x02'], ['0x03']]);
	});
});
