import { randomBytes } from 'node:crypto';
import { Refusal } from '@kaishi/protocol/platform/errors';
import { bytesToHex, type Hex } from 'viem';
import type { Queryable } from '../platform/db/database.ts';

const LIFETIME_SECONDS = 300;

/** 32 bytes that may be answered once, within five minutes. Forgets those that ran out. */
export async function issueChallenge(db: Queryable): Promise<Hex> {
	const challenge = bytesToHex(randomBytes(32));
	await db.query('delete from account.challenge where expires_at < now()');
	await db.query('insert into account.challenge (challenge, nonce, expires_at) values ($1, $2, now() + make_interval(secs => $3))', [
		challenge,
		nonceOf(challenge),
		LIFETIME_SECONDS,
	]);
	return challenge;
}

/** Uses a challenge up, before anything else is checked. Refuses with `Session_ChallengeExpired` what was never issued, used or is too old. */
export async function takeChallenge(db: Queryable, by: { challenge: Hex } | { nonce: string }): Promise<void> {
	const [column, value] = 'challenge' in by ? ['challenge', by.challenge] : ['nonce', by.nonce];
	const { rowCount } = await db.query(`delete from account.challenge where ${column} = $1 and expires_at > now()`, [value]);
	if (rowCount !== 1) throw new Refusal('Session_ChallengeExpired', 'unauthenticated');
}

/** The first 16 bytes: what an EIP-4361 message carries as its nonce. */
function nonceOf(challenge: Hex): string {
	return challenge.slice(2, 34);
}
