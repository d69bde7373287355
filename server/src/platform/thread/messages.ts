import type { MessagePort } from 'node:worker_threads';
import type { RefusalBody } from '@kaishi/protocol/platform/errors';

/** What a thread is asked; null: to end, once it has answered. */
export interface ThreadCall {
	id: number;
	method: string;
	args: readonly unknown[];
}

/** What a thread answers. `id` 0: it is at work now. */
export type ThreadAnswer = { id: number } & ({ result: unknown } | { failure: ThreadFailure });

/** An error as it travels: classes and fields do not. */
export interface ThreadFailure {
	message: string;
	stack: string | undefined;
	/** Null: no refusal. */
	refusal: RefusalBody['error'] | null;
}

/** What a thread begins with. */
export interface ThreadStart<Data = unknown> {
	port: MessagePort;
	/** One number, which counts answers: whoever sleeps on it is woken by each. */
	answers: Int32Array;
	data: Data;
}
