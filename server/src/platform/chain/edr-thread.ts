import { Worker } from 'node:worker_threads';
import type { Genesis } from './journal-record.ts';
import { RpcError } from './rpc-error.ts';

/** What an EVM is made of besides its genesis. */
export interface EdrLimits {
	blockGas: bigint;
	transactionGas: bigint;
}

/** What the thread is told; JSON-RPC is text. */
export type ToEdr = { evm: number; id: number; text: string } | { evm: number; genesis: Genesis; limits: EdrLimits } | { evm: number; over: true };
export type FromEdr = { id: number; data: unknown } | { id: number; failed: string };

/** One EVM of those that share the thread. */
export interface Edr {
	/** Answers JSON-RPC, one request or many, in the order in which it is asked. Rejects only when the EVM itself is gone. */
	ask(question: unknown): Promise<unknown>;
	close(): void;
}

/** One for all EVMs of a process, and until its end: the library does not survive being loaded again. */
let thread: EdrThread | null = null;
let lastEvm = 0;

/** Opens an EVM in a thread of its own. What it is asked before it is there waits for it. */
export function openEdrThread(genesis: Genesis, limits: EdrLimits): Edr {
	thread ??= new EdrThread(() => {
		thread = null;
	});
	const [its, evm] = [thread, ++lastEvm];
	its.tell({ evm, genesis, limits });
	return { ask: (question) => its.ask(evm, JSON.stringify(question)), close: () => its.tell({ evm, over: true }) };
}

class EdrThread {
	readonly #worker = new Worker(new URL('./edr-worker.ts', import.meta.url));
	readonly #waiting = new Map<number, PromiseWithResolvers<unknown>>();
	#lastId = 0;
	#gone: RpcError | null = null;

	constructor(onGone: () => void) {
		const end = (cause: unknown) => {
			this.#gone ??= new RpcError(-32603, 'the EVM has ended', null, { cause });
			for (const one of this.#waiting.values()) one.reject(this.#gone);
			this.#waiting.clear();
			onGone();
		};
		this.#worker.on('error', end);
		this.#worker.on('exit', end);
		this.#worker.on('message', (told: FromEdr) => this.#hear(told));
		this.#worker.unref();
	}

	tell(message: ToEdr): void {
		this.#worker.postMessage(message);
	}

	ask(evm: number, text: string): Promise<unknown> {
		if (this.#gone !== null) return Promise.reject(this.#gone);
		const one = Promise.withResolvers<unknown>();
		const id = ++this.#lastId;
		// Only whoever waits for it keeps the process.
		if (this.#waiting.size === 0) this.#worker.ref();
		this.#waiting.set(id, one);
		this.tell({ evm, id, text });
		return one.promise;
	}

	#hear(told: FromEdr): void {
		const one = this.#waiting.get(told.id);
		this.#waiting.delete(told.id);
		if (this.#waiting.size === 0) this.#worker.unref();
		if ('failed' in told) one?.reject(new RpcError(-32603, told.failed));
		else one?.resolve(typeof told.data === 'string' ? JSON.parse(told.data) : told.data);
	}
}
