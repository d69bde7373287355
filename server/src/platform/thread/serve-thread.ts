import { workerData } from 'node:worker_threads';
import { Refusal } from '@kaishi/protocol/platform/errors';
import type { ThreadAnswer, ThreadCall, ThreadFailure, ThreadStart } from './messages.ts';

/** What a thread can be asked: arguments and results are copied on the way. */
export type ThreadMethods = Record<string, (...args: never[]) => unknown>;

/**
 * Answers what is asked of this thread, each call as soon as it is done. `open` makes the methods of the data that the thread was begun
 * with; `close` lets go of what would keep it alive.
 */
export function serveThread<Data>(open: (data: Data) => { methods: ThreadMethods; close?(): Promise<void> }): void {
	const { port, answers, data } = workerData as ThreadStart<Data>;
	const { methods, close } = open(data);
	const known = new Map(Object.entries(methods));
	const underWay = new Set<Promise<void>>();
	const answer = (message: ThreadAnswer) => {
		port.postMessage(message);
		Atomics.add(answers, 0, 1);
		Atomics.notify(answers, 0);
	};
	const carryOut = async ({ id, method, args }: ThreadCall) => {
		try {
			const called = known.get(method) as ((...args: readonly unknown[]) => unknown) | undefined;
			if (!called) throw new TypeError(`this thread has no ${method}`);
			answer({ id, result: await called(...args) });
		} catch (error) {
			answer({ id, failure: failureOf(error) });
		}
	};
	const leave = async () => {
		await close?.();
		port.close();
	};
	port.on('message', (call: ThreadCall | null) => {
		if (call === null) return void Promise.all(underWay).then(leave);
		const work: Promise<void> = carryOut(call).finally(() => underWay.delete(work));
		underWay.add(work);
	});
	answer({ id: 0, result: null });
}

function failureOf(error: unknown): ThreadFailure {
	const { message, stack } = error instanceof Error ? error : new Error(String(error));
	const refusal = error instanceof Refusal ? { code: error.code, kind: error.kind, details: error.details } : null;
	return { message, stack, refusal };
}
