import { expect, test } from 'vitest';
import { createTurns } from './turns.ts';

const immediate = () => new Promise<void>((resolve) => setImmediate(resolve));

test('default: work is done in the order of its arrival, and its outcome reaches whoever brought it', async () => {
	const inTurn = createTurns();
	const done: number[] = [];
	const outcomes = await Promise.all([1, 2, 3].map((n) => inTurn(async () => done.push(n))));
	expect([done, outcomes]).toEqual([
		[1, 2, 3],
		[1, 2, 3],
	]);
	await expect(inTurn(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
});

test('behavior: nothing is done in the moment of arrival, and others have their turn after each slice', async () => {
	const inTurn = createTurns(0);
	const done: number[] = [];
	const all = Promise.all([1, 2, 3].map((n) => inTurn(async () => done.push(n))));
	expect(done).toEqual([]);
	await immediate();
	expect(done.length).toBeLessThan(3);
	await all;
	expect(done).toEqual([1, 2, 3]);
	await inTurn(async () => done.push(4));
	expect(done).toEqual([1, 2, 3, 4]);
});
