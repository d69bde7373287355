import { randomUUID } from 'node:crypto';
import { deserialize, serialize } from 'node:v8';
import { type Outcome, resultOf } from './outcome.ts';
import { KNOCK_HEADER, knockOf, PEER_PATH, type PeerCall, SEAL_HEADER } from './peer-door.ts';
import type { Seal } from './seal.ts';

/** The other server did not answer, or not as a server of ours. Whether it did what it was asked is not known. */
export class PeerUnreachableError extends Error {
	override name = 'PeerUnreachableError';
}

/**
 * Calls a method of the server at `origin`. Arguments and results may hold bigints. Throws what the method threw
 * (`Refusal`, `RpcError`), or `PeerUnreachableError`.
 */
export type CallPeer = (origin: string, method: string, args: readonly unknown[], signal?: AbortSignal) => Promise<unknown>;

export function createPeerCaller(seal: Seal, ask: typeof fetch = fetch): CallPeer {
	return async (origin, method, args, signal) => {
		const at = Date.now();
		const body = serialize({ at, salt: randomUUID(), method, args: [...args] } satisfies PeerCall);
		const sealed = seal.of(body);
		let outcome: Buffer;
		try {
			const response = await ask(new URL(PEER_PATH, origin), {
				method: 'POST',
				headers: { [KNOCK_HEADER]: knockOf(seal, at, body.length), [SEAL_HEADER]: sealed },
				body,
				...(signal ? { signal } : {}),
			});
			outcome = Buffer.from(await response.arrayBuffer());
			if (!response.ok) throw new Error(`answered ${response.status}: another operator key, or clocks that differ?`);
			if (!seal.matches(response.headers.get(SEAL_HEADER) ?? '', Buffer.from(sealed), outcome)) throw new Error('the answer is not from a server of ours');
		} catch (cause) {
			throw new PeerUnreachableError(`no answer from ${origin}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
		}
		return resultOf(deserialize(outcome) as Outcome);
	};
}
