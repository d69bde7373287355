import type { ClientConfig } from 'pg';
import type { Address, Hex } from 'viem';
import { recoverSigner } from '../platform/crypto/secp256k1.ts';
import type { Database } from '../platform/db/database.ts';
import { createThread, type Thread, ThreadEndedError } from '../platform/thread/thread.ts';
import { openJournal } from './journal.ts';
import type { NewPromise } from './promise.ts';
import { createReceiptSigner, type ReceiptSignerOptions } from './receipts.ts';
import { type Snapshot, type SnapshotRequest, takeSnapshot } from './snapshot.ts';

/** A signature to be looked at. */
export interface Recovery {
	digest: Hex;
	/** 65 bytes. */
	signature: Hex;
}

/** What a promise needs of tables, disk and keys. None of it depends on what is held in memory, so it can be done elsewhere. */
export interface Clerk {
	/** Signers in lower case, in the order of the items; null where nobody signed. */
	recover(items: readonly Recovery[]): Promise<(Address | null)[]>;
	look(request: SnapshotRequest): Promise<Snapshot>;
	/** How many pieces of each offer have been promised; by decimal id. */
	lastPieces(offerIds: readonly string[]): Promise<Map<string, bigint>>;
	/**
	 * Signs receipts and writes promises down, see `Journal.append`. Returns the signatures of those that stand there now, by order id.
	 * Throws `SupersededError` once another server leads.
	 */
	write(promises: readonly NewPromise[]): Promise<Map<Hex, Hex>>;
	/** Leaves the processor to what was asked above, and to the database, for some milliseconds at most: on a small machine there is none to spare. */
	standAside(): void;
	close(): Promise<void>;
}

export interface ClerkOptions {
	db: Database;
	term: number;
	signer: ReceiptSignerOptions;
}

/** What the clerk's thread begins with. */
export interface ClerkData extends Omit<ClerkOptions, 'db'> {
	connection: ClientConfig;
}

/** As few are done sooner here than told to somebody else. */
const FEW = 4;
/** Pages and sockets stand still meanwhile: not for longer, and not again for some time, whoever makes up crowds. */
const [ASIDE_MS, ASIDE_AGAIN_MS] = [40, 250];

/** What can be done in either thread. */
export type ClerkWork = Omit<Clerk, 'standAside' | 'close'>;

/** A clerk at work in this thread. */
export function clerkOver({ db, term, signer }: ClerkOptions): ClerkWork {
	const journal = openJournal(db, term);
	const { sign } = createReceiptSigner(signer);
	return {
		recover: async (items) => items.map(({ digest, signature }) => recoverSigner(digest, signature)),
		look: (request) => takeSnapshot(db, request),
		lastPieces: (offerIds) => journal.lastPieces(offerIds),
		async write(promises) {
			const signed = promises.map((promise) => ({ ...promise, receiptSignature: sign(promise.receipt) }));
			const written = await journal.append(signed);
			return new Map(signed.filter(({ receipt }) => written.has(receipt.orderId)).map(({ receipt, receiptSignature }) => [receipt.orderId, receiptSignature]));
		},
	};
}

/**
 * A clerk with a thread of its own, begun with the first that is asked. A crowd keeps the event loop so busy that answers of the
 * database would wait behind thousands of requests; the thread's are taken in between them, see `hearThreads`. Few things are done
 * here, and so is everything while there is no thread. `onError` hears what ended one.
 */
export function openClerk(options: ClerkOptions, connection: ClientConfig, onError: (error: unknown) => void): Clerk {
	const here = clerkOver(options);
	const { term, signer } = options;
	const thread: Thread<ClerkWork> = createThread(new URL('./clerk-thread.ts', import.meta.url), { connection, term, signer } satisfies ClerkData, onError);
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
