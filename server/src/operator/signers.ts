import type { Address, Hex } from 'viem';
import type { Recoverer, Recovery } from '../platform/crypto/recoverer.ts';
import type { Intent } from './promise.ts';

interface Asked {
	item: Recovery;
	resolve(signer: Address | null): void;
	reject(reason: unknown): void;
}

/** Finds out who signed intents, those of one turn of the event loop together: the first are known before the last have arrived. */
export class Signers {
	readonly #recoverer: Recoverer;
	#asked: Asked[] = [];

	constructor(recoverer: Recoverer) {
		this.#recoverer = recoverer;
	}

	/** In lower case; null: nobody. */
	ask({ orderId, signature }: Intent): Promise<Address | null> {
		const signer = new Promise<Address | null>((resolve, reject) => {
			this.#asked.push({ item: { digest: orderId, signature: `0x${signature.slice(42)}` as Hex }, resolve, reject });
			if (this.#asked.length === 1) setImmediate(() => void this.#recover());
		});
		// Whoever asked may have been sent away before it is known.
		signer.catch(() => undefined);
		return signer;
	}

	async #recover(): Promise<void> {
		const asked = this.#asked.splice(0);
		try {
			const signers = await this.#recoverer.recover(asked.map(({ item }) => item));
			for (const [i, { resolve }] of asked.entries()) resolve(signers[i] ?? null);
		} catch (error) {
			for (const { reject } of asked) reject(error);
		}
	}
}
