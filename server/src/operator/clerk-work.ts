// Needs next to no libraries: the clerk's thread is there sooner.
import type { ClientConfig } from 'pg';
import type { Address, Hex } from 'viem';
import { recoverSigner } from '../platform/crypto/secp256k1.ts';
import type { Database } from '../platform/db/database.ts';
import { openJournal } from './journal.ts';
import type { NewPromise } from './promise.ts';
import { type ReceiptKey, signReceipts } from './sign-receipts.ts';
import { type Snapshot, type SnapshotRequest, takeSnapshot } from './snapshot.ts';

/** A signature to be looked at. */
export interface Recovery {
	digest: Hex;
	/** 65 bytes. */
	signature: Hex;
}

/** What a promise needs of tables, disk and keys. None of it depends on what is held in memory, so it can be done in either thread. */
export type ClerkWork = {
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
};

/** What the clerk's thread begins with. */
export interface ClerkData {
	connection: ClientConfig;
	term: number;
	key: ReceiptKey;
}

/** A clerk at work in this thread. */
export function clerkOver({ db, term, key }: Omit<ClerkData, 'connection'> & { db: Database }): ClerkWork {
	const journal = openJournal(db, term);
	const sign = signReceipts(key);
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
