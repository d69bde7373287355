import { randomBytes } from 'node:crypto';
import type { Address } from 'viem';
import type { Queryable } from '../platform/db/database.ts';

const LIFETIME_SECONDS = 3600;

/** A meeting place nobody guesses, for an hour. */
export async function openDeviceRequest(db: Queryable): Promise<string> {
	const id = randomBytes(16).toString('base64url');
	await db.query('insert into account.device_request (id, expires_at) values ($1, now() + make_interval(secs => $2))', [id, LIFETIME_SECONDS]);
	return id;
}

/** The account whose device answered; null before that, and for places that are not there (any more). */
export async function deviceAnswer(db: Queryable, id: string): Promise<Address | null> {
	const { rows } = await db.query<{ account: Address | null }>('select account from account.device_request where id = $1 and expires_at > now()', [id]);
	return rows[0]?.account ?? null;
}

/** The first answer stands. */
export async function answerDeviceRequest(db: Queryable, id: string, account: Address): Promise<void> {
	await db.query('update account.device_request set account = $2 where id = $1 and account is null and expires_at > now()', [id, account]);
}
