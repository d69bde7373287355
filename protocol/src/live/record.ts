import { type Address, type Hex, sha256 } from 'viem';
import { toCanonicalBytes } from '../platform/canonical-json.ts';

/** Everything that is said or done in a show, in order. Rooms, replays and reports are folds of these. */
export const recordKinds = [
	'opened',
	'changed',
	'accepted',
	'declined',
	'started',
	'paused',
	'resumed',
	'away',
	'back',
	'ended',
	'bag',
	'pin',
	'rules',
	'moderators',
	'line',
	'hide',
	'mute',
	'unmute',
	'ban',
	'unban',
	'answer',
	'sale',
	'replay',
] as const;
export type RecordKind = (typeof recordKinds)[number];

/** One link of a show's chain of records. */
export interface LiveRecord {
	show: string;
	/** 1, 2, 3 … */
	seq: number;
	kind: RecordKind;
	/** Who did it; null: the clock, or the host's connection. */
	by: Address | null;
	/** Milliseconds. */
	at: number;
	/** By kind; of a line the `SignedLine` itself, so that anybody can check it. */
	body: unknown;
	/** Hash of the record before; null for the first. */
	previous: Hex | null;
	hash: Hex;
}

/** SHA-256 of the record's canonical JSON, the hash of the one before it included: who holds one hash can prove every word up to there. */
export function recordHashOf({ show, seq, kind, by, at, body, previous }: Omit<LiveRecord, 'hash'>): Hex {
	return sha256(toCanonicalBytes({ show, seq, kind, by: by?.toLowerCase() ?? null, at, body, previous }));
}
