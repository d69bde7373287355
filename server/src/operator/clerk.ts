import type { ClientConfig } from 'pg';
import type { Database } from '../platform/db/database.ts';
import { createThread, type Thread, ThreadEndedError } from '../platform/thread/thread.ts';
import { type ClerkData, type ClerkWork, clerkOver } from './clerk-work.ts';
import { type ReceiptSignerOptions, receiptKeyOf } from './receipts.ts';

/** The clerk's work, done in its thread, or here for few and while there is none. */
export interface Clerk extends ClerkWork {
	/** Leaves the processor to what was asked above, and to the database, for some milliseconds at most: on a small machine there is none to spare. */
	standAside(): void;
	close(): Promise<void>;
}

export interface ClerkOptions {
	db: Database;
	term: number;
	signer: ReceiptSignerOptions;
}

/** As few are done sooner here than told to somebody else. */
const FEW = 4;
/** Pages and sockets stand still meanwhile: not for longer, and not again for some time, whoever makes up crowds. */
const [ASIDE_MS, ASIDE_AGAIN_MS] = [40, 250];

/**
 * A clerk with a thread of its own, begun at once: after a restart a crowd comes first of all. A crowd keeps the event loop so busy
 * that answers of the database would wait behind thousands of requests; the thread's are taken in between them, see `hearThreads`. Few
 * things are done here, and so is everything while there is no thread. `onError` hears what ended one.
 */
export function openClerk({ db, term, signer }: ClerkOptions, connection: ClientConfig, onError: (error: unknown) => void): Clerk {
	const data: ClerkData = { connection, term, key: receiptKeyOf(signer) };
	const here = clerkOver({ ...data, db });
	const thread: Thread<ClerkWork> = createThread(new URL('./clerk-thread.ts', import.meta.url), data, onError);
	// Begins it.
	thread.isReady();
	let asideAgainAt = 0;
	const either = async <T>(many: number, there: () => Promise<T>, alone: () => Promise<T>): Promise<T> => {
		// Also for a few: when many come it is at work already.
		const isReady = thread.isReady();
		if (many <= FEW || !isReady) return await alone();
		try {
			return await there();
		} catch (error) {
			// Whatever it was may be done twice: it is written down once.
			if (error instanceof ThreadEndedError) return await alone();
			throw error;
		}
	};
	return {
		recover: (items) =>
			either(
				items.length,
				() => thread.call('recover', items),
				() => here.recover(items),
			),
		look: (request) =>
			either(
				request.tabs.length,
				() => thread.call('look', request),
				() => here.look(request),
			),
		lastPieces: (offerIds) =>
			either(
				// In the thread whenever there is one.
				Number.POSITIVE_INFINITY,
				() => thread.call('lastPieces', offerIds),
				() => here.lastPieces(offerIds),
			),
		write: (promises) =>
			either(
				promises.length,
				() => thread.call('write', promises),
				() => here.write(promises),
			),
		standAside() {
			const now = performance.now();
			if (now < asideAgainAt) return;
			asideAgainAt = now + ASIDE_AGAIN_MS;
			thread.standAside(ASIDE_MS);
		},
		close: () => thread.close(),
	};
}
