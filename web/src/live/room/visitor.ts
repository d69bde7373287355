import { randomHex } from '#platform/wallet/bytes.ts';

const KEPT = 'kaishi.live.visitor';
const VISITOR = /^[0-9a-f]{32}$/;
let here: string | null = null;

/** 32 random hex digits by which rooms count this browser as one person who is not signed in; they say nothing else. */
export function visitorId(): string {
	here ??= kept() ?? made();
	return here;
}

function kept(): string | null {
	try {
		const found = localStorage.getItem(KEPT);
		return found && VISITOR.test(found) ? found : null;
	} catch {
		return null;
	}
}

function made(): string {
	const id = randomHex(16).slice(2);
	try {
		localStorage.setItem(KEPT, id);
	} catch {
		// Storage is full or forbidden: one person until the page is left.
	}
	return id;
}
