import { once } from 'node:events';
import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads';
import { Refusal } from '@kaishi/protocol/platform/errors';
import type { ThreadAnswer, ThreadCall, ThreadFailure, ThreadStart } from './messages.ts';
import type { ThreadMethods } from './serve-thread.ts';

/** The thread ended before it answered: what was asked may have been done, or not. */
export class ThreadEndedError extends Error {
	override name = 'ThreadEndedError';
}

/** A thread beside the event loop, see {@link serveThread}. */
export interface Thread<Methods extends ThreadMethods> {
	/** Begins a thread if there is none. False while it takes longer to begin than most work does: then one does it oneself. */
	isReady(): boolean;
	/** Rejects as the method does, or with {@link ThreadEndedError}. */
	call<Name extends keyof Methods & string>(method: Name, ...args: Parameters<Methods[Name]>): Promise<Awaited<ReturnType<Methods[Name]>>>;
	/** Sleeps until everything that was asked is answered, at most so long: what uses the processor then is this thread or what it waits for. */
	standAside(milliseconds: number): void;
	/** Ends it once it has answered everything, or some seconds later in the middle of something. */
	close(): Promise<void>;
}

interface Running {
	worker: Worker;
	port: MessagePort;
	answers: Int32Array;
	isReady: boolean;
}

type Waiting = PromiseWithResolvers<unknown>;

/** So long a thread may take to end by itself. */
const PATIENCE_MS = 3000;

const listening = new Set<() => void>();

/**
 * Takes in what threads have answered since, and continues what waited for it as soon as the caller returns. To be called in the
 * middle of work that holds the event loop for long: while thousands of connections are read in one turn, an answer would wait for the last.
 */
export function hearThreads(): void {
	for (const hear of listening) hear();
}

/** @param data is copied into the thread. `onError` hears what ended it. */
export function createThread<Methods extends ThreadMethods>(url: URL, data: unknown, onError: (error: unknown) => void): Thread<Methods> {
	const waiting = new Map<number, Waiting>();
	let running: Running | null = null;
	let last = 0;
	const take = (answer: ThreadAnswer) => {
		if (answer.id === 0 && running) running.isReady = true;
		const asked = waiting.get(answer.id);
		if (!asked) return;
		waiting.delete(answer.id);
		if ('result' in answer) asked.resolve(answer.result);
		else asked.reject(errorOf(answer.failure));
	};
	const hear = () => {
		for (let heard = running && receiveMessageOnPort(running.port); heard; heard = running && receiveMessageOnPort(running.port))
			take(heard.message as ThreadAnswer);
	};
	const end = (worker: Worker) => {
		if (running?.worker !== worker) return;
		// Its last words count.
		hear();
		running.port.close();
		running = null;
		listening.delete(hear);
		for (const { reject } of waiting.values()) reject(new ThreadEndedError(`the thread ${url.pathname.split('/').at(-1)} ended`));
		waiting.clear();
	};
	const begin = (): Running => {
		const { port1: port, port2 } = new MessageChannel();
		const answers = new Int32Array(new SharedArrayBuffer(4));
		const worker = new Worker(url, { workerData: { port: port2, answers, data } satisfies ThreadStart, transferList: [port2] });
		worker.on('error', (error) => {
			onError(error);
			end(worker);
		});
		worker.on('exit', () => end(worker));
		worker.unref();
		port.on('message', take);
		port.unref();
		listening.add(hear);
		return { worker, port, answers, isReady: false };
	};
	return {
		isReady() {
			running ??= begin();
			return running.isReady;
		},
		call(method, ...args) {
			running ??= begin();
			const asked = Promise.withResolvers<unknown>();
			waiting.set(++last, asked);
			running.port.postMessage({ id: last, method, args } satisfies ThreadCall);
			return asked.promise as ReturnType<Thread<Methods>['call']> as never;
		},
		standAside(milliseconds) {
			for (const until = performance.now() + milliseconds; running; ) {
				const heard = Atomics.load(running.answers, 0);
				hear();
				const left = until - performance.now();
				if (waiting.size === 0 || left <= 0) return;
				Atomics.wait(running.answers, 0, heard, left);
			}
		},
		async close() {
			if (!running) return;
			const { worker, port } = running;
			const gone = once(worker, 'exit');
			port.postMessage(null);
			const impatience = setTimeout(() => void worker.terminate(), PATIENCE_MS);
			await gone;
			clearTimeout(impatience);
		},
	};
}

function errorOf({ message, stack, refusal }: ThreadFailure): Error {
	const error = refusal ? new Refusal(refusal.code, refusal.kind, refusal.details) : new Error(message);
	if (stack !== undefined) error.stack = stack;
	return error;
}
