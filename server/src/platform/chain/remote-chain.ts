import { setTimeout } from 'node:timers/promises';
import { Refusal } from '@kaishi/protocol/platform/errors';
import { type Hex, keccak256 } from 'viem';
import type { Chain, Head, SubmittedReceipt } from './chain.ts';
import { fetchReceipt } from './receipts.ts';
import { RpcError } from './rpc-error.ts';

export interface RemoteChainOptions {
	rpcUrl: string;
	/** How often a new head is looked for, milliseconds. */
	pollMs?: number;
	/** Longest wait for a receipt, milliseconds. */
	receiptMs?: number;
	/** Tries of a read before the chain counts as unreachable. */
	attempts?: number;
	fetch?: typeof fetch;
}

/** Answers of overloaded nodes and broken proxies, worth another try. */
const RETRYABLE_STATUS = new Set([408, 425, 429, 500, 502, 503, 504]);

/** Any EVM chain behind JSON-RPC over HTTP. */
class RemoteChain implements Chain {
	readonly embedded = false;
	readonly chainId: number;
	readonly #send: (method: string, params: readonly unknown[]) => Promise<unknown>;
	readonly #attempts: number;
	readonly #pollMs: number;
	readonly #receiptMs: number;
	readonly #listeners = new Set<(head: Head) => void>();
	readonly #stop = new AbortController();
	#head: Head;

	constructor(parts: {
		chainId: number;
		head: Head;
		send: (method: string, params: readonly unknown[]) => Promise<unknown>;
		attempts: number;
		pollMs: number;
		receiptMs: number;
	}) {
		this.chainId = parts.chainId;
		this.#head = parts.head;
		this.#send = parts.send;
		this.#attempts = parts.attempts;
		this.#pollMs = parts.pollMs;
		this.#receiptMs = parts.receiptMs;
		void this.#watch();
	}

	now(): number {
		return Math.max(Number(this.#head.timestamp), Math.floor(Date.now() / 1000));
	}

	async head(): Promise<Head> {
		return await this.#look();
	}

	onBlock(listener: (head: Head) => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	async request<T = unknown>(method: string, params: readonly unknown[] = []): Promise<T> {
		// A transaction sent twice is the same transaction, so sending may be repeated like reading.
		return (await withRetry(() => this.#send(method, params), this.#attempts)) as T;
	}

	async submit(rawTransaction: Hex): Promise<SubmittedReceipt> {
		const hash = keccak256(rawTransaction);
		try {
			await this.request('eth_sendRawTransaction', [rawTransaction]);
		} catch (error) {
			if (!(error instanceof RpcError)) throw error;
			if (!/already known|known transaction|already imported/i.test(error.message)) throw await this.#refusalOf(error, hash);
		}
		const deadline = Date.now() + this.#receiptMs;
		while (Date.now() < deadline && !this.#stop.signal.aborted) {
			const receipt = await fetchReceipt((method, params) => this.request(method, params), hash);
			if (receipt !== null) return receipt;
			await setTimeout(Math.min(this.#pollMs, 500));
		}
		throw new Refusal('Chain_NotIncluded', 'unavailable', { hash });
	}

	async advance(): Promise<void> {
		throw new Refusal('Chain_MethodNotAllowed', 'forbidden', { method: 'advance' });
	}

	async close(): Promise<void> {
		this.#stop.abort();
	}

	/** Nodes name the reasons in words only. */
	async #refusalOf(error: RpcError, hash: Hex): Promise<Refusal> {
		if (/nonce too low/i.test(error.message)) return new Refusal('Chain_NonceUsed', 'conflict', { hash }, { cause: error });
		if (/nonce too high|nonce gap/i.test(error.message)) return new Refusal('Chain_NonceGap', 'conflict', { hash }, { cause: error });
		if (/insufficient funds/i.test(error.message)) return new Refusal('Chain_InsufficientFunds', 'unavailable', {}, { cause: error });
		if (/underpriced|fee.*(low|less)/i.test(error.message)) return new Refusal('Chain_FeeTooLow', 'unavailable', {}, { cause: error });
		return new Refusal('Chain_MalformedTransaction', 'invalid', {}, { cause: error });
	}

	async #look(): Promise<Head> {
		const head = parseHead(await this.request('eth_getBlockByNumber', ['latest', false]));
		if (head.hash !== this.#head.hash) {
			this.#head = head;
			for (const listener of this.#listeners) listener(head);
		}
		return head;
	}

	async #watch() {
		while (!this.#stop.signal.aborted) {
			try {
				await setTimeout(this.#pollMs, undefined, { signal: this.#stop.signal, ref: false });
				await this.#look();
			} catch {
				// Unreachable for now: whoever asks learns it from their own question; the watch goes on.
			}
		}
	}
}

/** Connects and learns the chain's id. Refuses with `Chain_Unreachable` when nobody answers. */
export async function openRemoteChain(options: RemoteChainOptions): Promise<Chain> {
	const send = jsonRpcOver(options.rpcUrl, options.fetch ?? fetch);
	const attempts = options.attempts ?? 5;
	const chainId = Number(await withRetry(() => send('eth_chainId', []), attempts));
	const head = parseHead(await withRetry(() => send('eth_getBlockByNumber', ['latest', false]), attempts));
	return new RemoteChain({ chainId, head, send, attempts, pollMs: options.pollMs ?? 1000, receiptMs: options.receiptMs ?? 120_000 });
}

function parseHead(block: unknown): Head {
	const { number, hash, timestamp } = block as { number: Hex; hash: Hex; timestamp: Hex };
	return { number: BigInt(number), hash, timestamp: BigInt(timestamp) };
}

/** The RPC address may hold an access key: it never enters a message. */
function unreachable(cause: unknown): Refusal {
	return new Refusal('Chain_Unreachable', 'unavailable', {}, { cause });
}

function jsonRpcOver(url: string, call: typeof fetch) {
	let id = 0;
	return async (method: string, params: readonly unknown[]): Promise<unknown> => {
		let response: Response;
		let body: { result?: unknown; error?: { code: number; message: string; data?: unknown } };
		try {
			response = await call(url, {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify({ jsonrpc: '2.0', id: ++id, method, params }),
				signal: AbortSignal.timeout(20_000),
			});
			if (RETRYABLE_STATUS.has(response.status)) throw new Error(`status ${response.status}`);
			body = (await response.json()) as typeof body;
		} catch (cause) {
			throw unreachable(cause);
		}
		if (body.error) throw new RpcError(body.error.code, body.error.message, body.error.data);
		return body.result;
	};
}

async function withRetry<T>(work: () => Promise<T>, attempts: number): Promise<T> {
	for (let attempt = 1; ; attempt++) {
		try {
			return await work();
		} catch (error) {
			if (!(error instanceof Refusal) || attempt >= attempts) throw error;
			await setTimeout(100 * 2 ** (attempt - 1));
		}
	}
}
