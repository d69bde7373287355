import { Worker } from 'node:worker_threads';
import type { Address, Hex } from 'viem';
import { recoverSigner } from './secp256k1.ts';

export interface Recovery {
	digest: Hex;
	/** 65 bytes. */
	signature: Hex;
}

/** Finds out who signed. */
export interface Recoverer {
	/** Signers in lower case, in the order of the items; null where nobody signed. Many at once do not hold up the event loop. */
	recover(items: readonly Recovery[]): Promise<(Address | null)[]>;
	close(): Promise<void>;
}

/** Fewer are done sooner here than told to somebody else. */
const FEW = 4;

/** A thread beside the event loop, begun with the first item. When it fails, work is done here. */
export function createRecoverer(): Recoverer {
	const waiting = new Map<number, (signers: (Address | null)[] | null) => void>();
	let worker: Worker | null = null;
	/** A thread takes as long to begin as thousands of signatures: nobody waits for that. */
	let isReady = false;
	let last = 0;
	const fail = () => {
		worker = null;
		isReady = false;
		for (const resolve of waiting.values()) resolve(null);
		waiting.clear();
	};
	const begin = (): Worker => {
		const begun = new Worker(new URL('./recover-worker.ts', import.meta.url));
		begun.on('message', ({ id, signers }: { id: number; signers: (Address | null)[] }) => {
			isReady = true;
			waiting.get(id)?.(signers);
			waiting.delete(id);
		});
		begun.on('error', fail);
		begun.on('exit', fail);
		begun.unref();
		return begun;
	};
	const here = (items: readonly Recovery[]) => items.map(({ digest, signature }) => recoverSigner(digest, signature));
	return {
		async recover(items) {
			// Also for a few: when many come it is at work already.
			worker ??= begin();
			if (items.length <= FEW || !isReady) return here(items);
			const id = ++last;
			const answer = new Promise<(Address | null)[] | null>((resolve) => waiting.set(id, resolve));
			worker.postMessage({ id, items });
			return (await answer) ?? here(items);
		},
		async close() {
			await worker?.terminate();
		},
	};
}
