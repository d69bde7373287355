import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { createTurns } from './turns.ts';

const immediate = () => new Promise<void>((resolve) => setImmediate(resolve));

test('default: nothing is done in the moment of arrival, then all in the order of it', async () => {
	const inTurn = createTurns({ sliceMs: 10_000 });
	const done: number[] = [];
	for (const n of [1, 2, 3]) inTurn.add(() => done.push(n));
	expect([done, inTurn.waiting]).toEqual([[], 3]);
	await immediate();
	expect([done, inTurn.waiting]).toEqual([[1, 2, 3], 0]);
	inTurn.add(() => done.push(4));
	await immediate();
	expect(done).toEqual([1, 2, 3, 4]);
});

test('behavior: a queue that never empties keeps nothing of what is done', async () => {
	const inTurn = createTurns({ hold: () => new Promise(() => {}) });
	const kept: WeakRef<object>[] = [];
	const add = () => {
		const bytes = {};
		kept.push(new WeakRef(bytes));
		inTurn.add(() => void bytes);
	};
	add();
	for (let i = 0; i < 3000; i++) {
		add();
		inTurn.next();
	}
	expect(inTurn.waiting).toBe(1);
	await immediate();
	setFlagsFromString('--expose-gc');
	(runInNewContext('gc') as () => void)();
	// One or two may still be looked at by somebody's stack.
	expect(kept.slice(0, 2000).filter((one) => one.deref() !== undefined).length).toBeLessThan(20);
});

test('behavior: others have their turn after each slice', async () => {
	const inTurn = createTurns({ sliceMs: 0 });
	const done: number[] = [];
	for (const n of [1, 2, 3]) inTurn.add(() => done.push(n));
	await immediate();
	expect(done).toEqual([1]);
	await immediate();
	await immediate();
	expect(done).toEqual([1, 2, 3]);
});

test('behavior: while nothing more can be begun all wait, in their order', async () => {
	const { promise, resolve } = Promise.withResolvers<void>();
	const done: number[] = [];
	let held: Promise<void> | null = null;
	const inTurn = createTurns({ sliceMs: 10_000, hold: () => held });
	inTurn.add(() => {
		done.push(1);
		held = promise;
	});
	inTurn.add(() => done.push(2));
	await immediate();
	await immediate();
	inTurn.add(() => done.push(3));
	await immediate();
	expect([done, inTurn.waiting]).toEqual([[1], 2]);
	held = null;
	resolve();
	await immediate();
	expect(done).toEqual([1, 2, 3]);
});

test('behavior: the first ones may be done at once, and are not done again', async () => {
	const inTurn = createTurns({ sliceMs: 10_000 });
	const done: number[] = [];
	for (const n of [1, 2, 3]) inTurn.add(() => done.push(n));
	for (let i = 0; i < 2; i++) inTurn.next();
	expect([done, inTurn.waiting]).toEqual([[1, 2], 1]);
	await immediate();
	expect([done, inTurn.waiting]).toEqual([[1, 2, 3], 0]);
	inTurn.next();
	inTurn.add(() => done.push(4));
	await immediate();
	expect(done).toEqual([1, 2, 3, 4]);
});
