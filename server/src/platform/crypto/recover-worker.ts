// Recovers who signed, beside the event loop. See recoverer.ts.
import { parentPort } from 'node:worker_threads';
import type { Recovery } from './recoverer.ts';
import { recoverSigner } from './secp256k1.ts';

parentPort?.on('message', ({ id, items }: { id: number; items: Recovery[] }) => {
	parentPort?.postMessage({ id, signers: items.map(({ digest, signature }) => recoverSigner(digest, signature)) });
});

// At work now: no question has this number.
parentPort?.postMessage({ id: 0, signers: [] });
