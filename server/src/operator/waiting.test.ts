import type { Address } from 'viem';
import { expect, test } from 'vitest';
import type { Intent } from './promise.ts';
import { inFairOrder, type Queued, Waiting } from './waiting.ts';

const FULL = 128;
let count = 0;
const one = (): Omit<Queued, 'slot'> => ({
	intent: { signature: `0x${(++count).toString(16)}` } as Intent,
	signer: Promise.resolve<Address | null>(null),
	resolve() {},
	reject() {},
});
const fill = (waiting: Waiting, many: number) => {
	for (let i = 0; i < many; i++) waiting.add(one());
};

test('default: who comes in one moment is judged together, and in an order that nobody could choose', async () => {
	const waiting = new Waiting();
	fill(waiting, 3);
	const batch = await waiting.next();
	expect([batch.length, waiting.length]).toEqual([3, 0]);
	const orders = ['0x01', '0x02', '0x03', '0x04', '0x05'].map((seed) =>
		inFairOrder(batch, seed as Address)
			.map(({ intent }) => intent.signature)
			.join(),
	);
	expect(new Set(orders).size).toBeGreaterThan(1);
	expect(await waiting.next()).toEqual([]);
});

test('behavior: nobody else is read while a full gathering waits or is judged, until the next one is asked for', async () => {
	const waiting = new Waiting();
	fill(waiting, FULL - 1);
	expect(waiting.hold()).toBeNull();
	fill(waiting, 1);
	expect(waiting.hold()).not.toBeNull();
	expect(await waiting.next()).toHaveLength(FULL);
	const whileJudged = waiting.hold();
	expect(whileJudged).not.toBeNull();
	const after = whileJudged?.then(() => waiting.hold());
	expect(await waiting.next()).toEqual([]);
	expect(await after).toBeNull();
});

test('behavior: beside a small gathering others are read, and together they are no more than a full one', async () => {
	const waiting = new Waiting();
	fill(waiting, 10);
	await waiting.next();
	expect(waiting.hold()).toBeNull();
	fill(waiting, FULL - 10);
	expect(waiting.hold()).not.toBeNull();
	expect(await waiting.next()).toHaveLength(FULL - 10);
	expect(waiting.hold()).toBeNull();
});
