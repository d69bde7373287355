// The clerk's own thread. See clerk.ts.
import { setImmediate as oneTurn } from 'node:timers/promises';
import type { PoolConfig } from 'pg';
import { recoverSigner } from '../platform/crypto/secp256k1.ts';
import { connectDatabase } from '../platform/db/open-database.ts';
import { serveThread } from '../platform/thread/serve-thread.ts';
import { type ClerkData, type ClerkWork, clerkOver, type Recovery } from './clerk-work.ts';
import { type SnapshotRequest, takeSnapshot } from './snapshot.ts';

/** So many signatures are looked at between two glances at what else is asked. */
const AT_A_TIME = 8;

/** A statement is planned once for each connection, and connections are kept: a crowd comes after hours of nothing and waits for neither. */
const KEPT = { application_name: 'kaishi clerk', max: 2, idleTimeoutMillis: 0, options: '-c plan_cache_mode=force_generic_plan' } satisfies PoolConfig;
const NOTHING: SnapshotRequest = { offerIds: [], tabs: [], orderIds: [], units: [] };

serveThread(({ connection, term, key }: ClerkData) => {
	const db = connectDatabase(connection, undefined, KEPT);
	// What goes wrong here goes wrong again when it matters.
	for (let i = 0; i < KEPT.max; i++) db.transaction((tx) => takeSnapshot(tx, NOTHING)).catch(() => undefined);
	const clerk: ClerkWork = clerkOver({ db, term, key });
	return {
		close: () => db.close(),
		methods: {
			...clerk,
			async recover(items: readonly Recovery[]) {
				const signers = [];
				for (const [i, { digest, signature }] of items.entries()) {
					if (i > 0 && i % AT_A_TIME === 0) await oneTurn();
					signers.push(recoverSigner(digest, signature));
				}
				return signers;
			},
		},
	};
});
