import { Refusal } from '@kaishi/protocol/platform/errors';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createThread, hearThreads, type Thread, ThreadEndedError } from './thread.ts';

type Methods = {
	add(numbers: Map<string, bigint>): Map<string, bigint>;
	refuse(): void;
	fail(): void;
	never(): void;
	end(): void;
	burst(): void;
	unknown(): void;
};

let thread: Thread<Methods>;
const ended: unknown[] = [];
beforeEach(() => {
	ended.length = 0;
	thread = createThread(new URL('./test-thread.ts', import.meta.url), { base: 40n }, (error) => ended.push(error));
});
afterEach(() => thread.close());

const untilReady = async () => {
	while (!thread.isReady()) await new Promise((resolve) => setTimeout(resolve, 5));
};

test('default: begun when it is first asked for, it answers with maps and big numbers, also before it has said that it is ready', async () => {
	expect(thread.isReady()).toBe(false);
	expect(await thread.call('add', new Map([['two', 2n]]))).toEqual(new Map([['two', 42n]]));
	expect(thread.isReady()).toBe(true);
});

test('behavior: a refusal comes out as one, a failure as an error, and neither ends the thread', async () => {
	await expect(thread.call('refuse')).rejects.toEqual(new Refusal('Catalog_SoldOut', 'conflict', { left: '0' }));
	await expect(thread.call('refuse')).rejects.toBeInstanceOf(Refusal);
	await expect(thread.call('fail')).rejects.toThrow('out of range');
	await expect(thread.call('unknown')).rejects.toThrow('this thread has no unknown');
	expect(await thread.call('add', new Map())).toEqual(new Map());
});

test('behavior: an answer is heard in the middle of a turn of the event loop, if one listens', async () => {
	await untilReady();
	let answered = false;
	void thread.call('add', new Map()).then(() => {
		answered = true;
	});
	const turn = new Promise<boolean>((resolve) => setImmediate(() => resolve(answered)));
	// No turn ends in here: microtasks are not one.
	for (const until = performance.now() + 5000; !answered && performance.now() < until; ) {
		hearThreads();
		await Promise.resolve();
	}
	expect(answered).toBe(true);
	expect(await turn).toBe(true);
});

test('behavior: one may sleep until it has answered, or until one has slept enough', async () => {
	await untilReady();
	let answered = 0;
	for (const n of [1n, 2n]) void thread.call('add', new Map([['n', n]])).then(() => answered++);
	thread.standAside(10_000);
	await Promise.resolve();
	expect(answered).toBe(2);
	const before = performance.now();
	thread.call('never').catch(() => undefined);
	thread.standAside(20);
	expect(performance.now() - before).toBeGreaterThanOrEqual(19);
});

test('error: what nobody caught ends the thread and is told', async () => {
	await expect(thread.call('burst')).rejects.toBeInstanceOf(ThreadEndedError);
	expect(ended).toMatchObject([{ message: 'burst' }]);
});

test('error: whoever waits for a thread that ends is told so, and the next one is asked of a new one', async () => {
	await untilReady();
	const waiting = thread.call('never');
	void thread.call('end').catch(() => undefined);
	await expect(waiting).rejects.toBeInstanceOf(ThreadEndedError);
	expect(await thread.call('add', new Map([['one', 1n]]))).toEqual(new Map([['one', 41n]]));
	const [last, stuck] = [thread.call('add', new Map()), thread.call('never')];
	await Promise.all([expect(last).resolves.toEqual(new Map()), expect(stuck).rejects.toBeInstanceOf(ThreadEndedError), thread.close()]);
});
