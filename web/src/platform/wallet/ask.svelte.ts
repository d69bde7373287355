import type { Relayed, Viewer } from '@kaishi/protocol/account';
import type { Signer } from './signer.ts';

/** What a signature means, in the reader's words. */
export interface Explanation {
	title: string;
	/** What happens, one sentence each. */
	lines: string[];
	/** The figure that matters, already written out. */
	amount?: string;
	/** Words on the button: a verb. */
	confirm: string;
	/** Cannot be taken back. */
	grave?: boolean;
}

type Run<T = unknown> = (signer: Signer) => Promise<T>;

/** The one question open at a time; `WalletLayer` shows it. */
export const asked = $state<{
	signIn: { reason: string | null; sessionNeeded: boolean; answer: (signer: Signer | null) => void } | null;
	signature: { explanation: Explanation; run: Run; answer: (result: unknown) => void } | null;
}>({ signIn: null, signature: null });

/**
 * Has the person sign in or make an account.
 * @param options.reason why, in a sentence. `sessionNeeded: false` when a signature follows at once and starts the session by itself.
 * @returns how they sign, or null when they thought better of it.
 */
export function askSignIn(options: { reason?: string; sessionNeeded?: boolean } = {}): Promise<Signer | null> {
	return new Promise((resolve) => {
		asked.signIn = {
			reason: options.reason ?? null,
			sessionNeeded: options.sessionNeeded ?? true,
			answer: (signer) => {
				asked.signIn = null;
				resolve(signer);
			},
		};
	});
}

/**
 * Explains in plain words, has the person agree, signs and waits until it is done; failures are shown in the sheet, where
 * they can be tried again. Signed-out people are asked in first.
 * @returns what `run` came to, which is what the chain recorded; null when the sheet was closed without it.
 */
export function askSignature<T = Relayed>(explanation: Explanation, run: Run<T>): Promise<T | null> {
	return new Promise((resolve) => {
		asked.signature = {
			explanation,
			run,
			answer: (result) => {
				asked.signature = null;
				resolve(result as T | null);
			},
		};
	});
}

export type { Relayed, Run, Viewer };
