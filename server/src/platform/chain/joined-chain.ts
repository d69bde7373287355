import { setTimeout } from 'node:timers/promises';
import { Refusal } from '@kaishi/protocol/platform/errors';
import type { Hex } from 'viem';
import { type CallPeer, PeerUnreachableError } from '../peer/call-peer.ts';
import type { Chain, Head, SubmittedReceipt } from './chain.ts';
import type { ChainMethods } from './chain-door.ts';

/** Waits between tries; a chain that replays its journal after a kill is back within seconds. */
const RETRY_MS = [20, 50, 100, 200, 400, 800];

/**
 * The embedded chain of a process of its own, as `npm run chain` serves it: money for testing, no fees and no
 * reorganisations, shared by several servers.
 */
class JoinedChain implements Chain {
	readonly embedded = true;
	readonly chainId: number;
	readonly #call: Call;
	readonly #listeners = new Set<(head: Head) => void>();
	readonly #stop = new AbortController();
	#seen: Seen;

	constructor(call: Call, chainId: number, seen: Seen) {
		this.#call = call;
		this.chainId = chainId;
		this.#seen = seen;
		void this.#watch();
	}

	now(): number {
		return Math.max(Number(this.#seen.head.timestamp), Math.floor(Date.now() / 1000) + this.#seen.offsetSeconds);
	}

	head(): Promise<Head> {
		return this.#tryAgain('head', []);
	}

	onBlock(listener: (head: Head) => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	async request<T = unknown>(method: string, params: readonly unknown[] = []): Promise<T> {
		return (await this.#tryAgain('request', [method, params])) as T;
	}

	submit(rawTransaction: Hex): Promise<SubmittedReceipt> {
		// The same transaction again gets the receipt that it had.
		return this.#tryAgain('submit', [rawTransaction]);
	}

	async advance(seconds: number): Promise<void> {
		await this.#call('advance', [seconds], this.#stop.signal);
		// Whoever moved the clock reads it anew.
		this.#see(await this.#call('watch', [null], this.#stop.signal));
	}

	async close(): Promise<void> {
		this.#stop.abort();
	}

	async #tryAgain<M extends keyof ChainMethods>(method: M, args: Parameters<ChainMethods[M]>): Promise<Awaited<ReturnType<ChainMethods[M]>>> {
		for (let attempt = 0; ; attempt++) {
			try {
				return await this.#call(method, args, this.#stop.signal);
			} catch (error) {
				const pause = RETRY_MS[attempt];
				if (this.#stop.signal.aborted) throw new Refusal('Chain_Closed', 'unavailable');
				if (pause === undefined || !isUnreachable(error)) throw error;
				await setTimeout(pause);
			}
		}
	}

	#see(seen: Seen) {
		const isNew = seen.head.hash !== this.#seen.head.hash;
		this.#seen = seen;
		if (isNew) for (const listener of this.#listeners) listener(seen.head);
	}

	async #watch() {
		while (!this.#stop.signal.aborted) {
			try {
				this.#see(await this.#call('watch', [this.#seen.head.hash], this.#stop.signal));
			} catch {
				// Away for now: whoever asks learns it from their own question; the watch goes on.
				await setTimeout(200, undefined, { ref: false });
			}
		}
	}
}

type Seen = Awaited<ReturnType<ChainMethods['watch']>>;
type Call = <M extends keyof ChainMethods>(method: M, args: Parameters<ChainMethods[M]>, signal: AbortSignal) => Promise<Awaited<ReturnType<ChainMethods[M]>>>;

/** Joins the chain that another process serves at `rpcUrl`. Refuses with `Chain_Unreachable` when it does not answer, or not to this operator. */
export async function joinChain(rpcUrl: string, callPeer: CallPeer): Promise<Chain> {
	const call: Call = async (method, args, signal) => {
		try {
			return (await callPeer(rpcUrl, method, args, signal)) as never;
		} catch (cause) {
			throw cause instanceof PeerUnreachableError ? new Refusal('Chain_Unreachable', 'unavailable', {}, { cause }) : cause;
		}
	};
	const never = new AbortController().signal;
	return new JoinedChain(call, await call('chainId', [], never), await call('watch', [null], never));
}

const isUnreachable = (error: unknown) => error instanceof Refusal && error.code === 'Chain_Unreachable';
