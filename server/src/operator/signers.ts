import type { Address, Hex } from 'viem';
import type { Clerk } from './clerk.ts';
import type { Recovery } from './clerk-work.ts';
import type { Intent } from './promise.ts';

interface Asked {
	item: Recovery;
	resolve(signer: Address | null): void;
	reject(reason: unknown): void;
}

/** So many are asked about at once, at most. */
const AT_A_TIME = 16;

/** Finds out who signed intents, those of one turn of the event loop together: the first are known before the last have arrived. */
export class Signers {
	readonly #clerk: Pick<Clerk, 'recover'>;
	#asked: Asked[] = [];

	constructor(clerk: Pick<Clerk, 'recover'>) {
		this.#clerk = clerk;
	}

	/** In lower case; null: nobody. */
	ask({ orderId, signature }: Intent): Promise<Address | null> {
		const signer = new Promise<Address | null>((resolve, reject) => {
			this.#asked.push({ item: { digest: orderId, signature: `0x${signature.slice(42)}` as Hex }, resolve, reject });
			if (this.#asked.length === AT_A_TIME) void this.#recover();
			else if (this.#asked.length === 1) setImmediate(() => void this.#recover());
		});
		// Whoever asked may have been sent away before it is known.
		signer.catch(() => undefined);
		return signer;
	}

	/** Asks about the last ones without waiting for more. */
	flush(): void {
		void this.#recover();
	}

	async #recover(): Promise<void> {
		const asked = this.#asked.splice(0);
		if (asked.length === 0) return;
		try {
			const signers = await this.#clerk.recover(asked.map(({ item }) => item));
			for (const [i, { resolve }] of asked.entries()) resolve(signers[i] ?? null);
		} catch (error) {
			for (const { reject } of asked) reject(error);
		}
	}
}
