import type { Hex } from 'viem';
import { randomHex } from '#platform/wallet/bytes.ts';

const KEY = 'kaishi.pot-secrets';
/** Draws of more than a day ago need no secret any more; this many are kept. */
const KEPT = 60;

type Kept = [commitment: string, secret: Hex][];

function read(): Kept {
	try {
		const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
		return Array.isArray(kept) ? (kept as Kept) : [];
	} catch {
		return [];
	}
}

/** 32 random bytes for one pot, kept in this browser before anybody hears of them: lost, a draw is lost with them. */
export async function freshSecret(account: Hex): Promise<{ secret: Hex; commitment: Hex }> {
	const { potCommitmentOf } = await import('@kaishi/protocol/live');
	const secret = randomHex(32);
	const commitment = potCommitmentOf(account, secret);
	localStorage.setItem(KEY, JSON.stringify([[commitment, secret], ...read()].slice(0, KEPT)));
	return { secret, commitment };
}

/** What this browser committed to in a pot; null when it was another browser. */
export const secretOf = (commitment: string): Hex | null => read().find(([known]) => known === commitment)?.[1] ?? null;
