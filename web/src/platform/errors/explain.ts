import { Refusal } from '@kaishi/protocol/platform/errors';
import { m } from '../i18n/index.ts';

export function codeOf(error: unknown): string | null {
	return error instanceof Refusal ? error.code : null;
}

/** Words at hand without loading anything: also what is left when the network is gone. */
export function firstWords(error: unknown): string {
	return codeOf(error) === 'Network_Lost' ? m.errors_Network_Lost() : m.errors_unknown();
}

/** What went wrong and what to do, in the reader's language; never throws. The words are loaded when first needed. */
export async function explain(error: unknown): Promise<string> {
	if (!(error instanceof Refusal)) return firstWords(error);
	try {
		const { wordsOf } = await import('./words.ts');
		return wordsOf(error);
	} catch {
		return firstWords(error);
	}
}
