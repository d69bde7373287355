import { batchAbi } from '@kaishi/protocol/generated/batch';
import { type Address, decodeFunctionData, type Hex } from 'viem';
import { describe, expect, test } from 'vitest';
import { createPotCalls } from './enter.ts';

const pots: Address = `0x${'a'.repeat(40)}`;
const batch: Address = `0x${'b'.repeat(40)}`;

/** Calls as they reach the relayer: what each carries, and by which contract. */
function opened(answer: () => Promise<unknown> = async () => undefined) {
	const sent: { to: Address; data: Hex[] }[] = [];
	const calls = createPotCalls({
		pots,
		batch,
		poke: async (to, data) => {
			if (to === pots) return sent.push({ to, data: [data] });
			const [list] = decodeFunctionData({ abi: batchAbi, data }).args as readonly [readonly { target: Address; data: Hex }[]];
			expect(list.every(({ target }) => target.toLowerCase() === pots)).toBe(true);
			sent.push({ to, data: list.map((call) => call.data) });
			return answer();
		},
	});
	return { calls, sent };
}

const numbers = (count: number): Hex[] => Array.from({ length: count }, (_, i): Hex => `0x${i.toString(16).padStart(4, '0')}`);

describe('calls of pots', () => {
	test('default: a crowd travels in the order of its arrival, thirty in one', async () => {
		const { calls, sent } = opened();
		await Promise.all(numbers(95).map((data) => calls.make(data)));
		expect(sent.map(({ data }) => data.length)).toEqual([30, 30, 30, 5]);
		expect(sent.flatMap(({ data }) => data)).toEqual(numbers(95));
		expect(sent.every(({ to }) => to === batch)).toBe(true);
	});

	test('behavior: what pays many people travels alone', async () => {
		const { calls, sent } = opened();
		await Promise.all([calls.make('0x01'), calls.makeAlone('0x02'), calls.make('0x03')]);
		expect(sent).toEqual([
			{ to: pots, data: ['0x02'] },
			{ to: batch, data: ['0x01', '0x03'] },
		]);
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
