import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestMarket, type TestMarket } from '../../../testkit/src/index.ts';

/** Twice as many as Node's servers let wait by themselves. */
const CROWD = 1100;
const QUEUE_OF_THE_SYSTEM = '/proc/sys/net/core/somaxconn';
const letsAllWait = existsSync(QUEUE_OF_THE_SYSTEM) && Number(readFileSync(QUEUE_OF_THE_SYSTEM, 'utf8')) >= CROWD;

let market: TestMarket;
beforeAll(async () => {
	market = await openTestMarket();
});
afterAll(() => market?.close());

test.runIf(letsAllWait)('behavior: a crowd that knocks while the server is busy is let in, to the last one', async () => {
	const inside = new Int32Array(new SharedArrayBuffer(4));
	const crowd = new Worker(new URL('./test-knockers.ts', import.meta.url), {
		workerData: { port: Number(new URL(market.url).port), many: CROWD, inside },
	});
	const gone = once(crowd, 'exit');
	await once(crowd, 'online');
	// Takes nobody in meanwhile: who finds no room would never come in, however long this waits.
	for (const until = performance.now() + 20_000; inside[0] !== CROWD && performance.now() < until; ) Atomics.wait(inside, 0, Atomics.load(inside, 0), 100);
	expect(Atomics.load(inside, 0)).toBe(CROWD);
	await gone;
});
