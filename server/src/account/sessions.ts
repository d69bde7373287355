import { createHash, randomBytes } from 'node:crypto';
import type { Viewer } from '@kaishi/protocol/account';
import { parse } from 'hono/utils/cookie';
import type { Queryable } from '../platform/db/database.ts';

const COOKIE = 'kaishi_session';
const LIFETIME_SECONDS = 30 * 86_400;

const hashOf = (token: string) => createHash('sha256').update(token).digest('hex');

/** How often the account in $2 has been recovered so far. */
const RECOVERIES = 'coalesce((select times from account.recovered where account = $2), 0)';

/** Starts a session and returns the value of `Set-Cookie`. The token leaves the server this once. */
export async function startSession(db: Queryable, viewer: Viewer, publicUrl: string): Promise<string> {
	const token = randomBytes(32).toString('base64url');
	await db.query(
		`insert into account.session (token_hash, address, kind, credential_id, expires_at, recoveries)
		values ($1, $2, $3, $4, now() + make_interval(secs => $5), ${RECOVERIES})`,
		[hashOf(token), viewer.address, viewer.kind, viewer.credentialId, LIFETIME_SECONDS],
	);
	return cookieWith(token, LIFETIME_SECONDS, publicUrl);
}

/** Who the session cookie in a `Cookie` header belongs to; null for nobody, for anything forged or expired, and for sessions from before a recovery. */
export async function readViewer(db: Queryable, cookieHeader: string | null): Promise<Viewer | null> {
	const token = tokenIn(cookieHeader);
	if (token === null) return null;
	const { rows } = await db.query<{ address: Viewer['address']; kind: Viewer['kind']; credential_id: string | null }>(
		`select address, kind, credential_id from account.session s where token_hash = $1 and expires_at > now()
			and recoveries = coalesce((select times from account.recovered r where r.account = s.address), 0)`,
		[hashOf(token)],
	);
	const [row] = rows;
	return row ? { address: row.address, kind: row.kind, credentialId: row.credential_id } : null;
}

/** Ends the cookie's session, or all sessions of its account; returns the `Set-Cookie` that clears it. */
export async function endSession(db: Queryable, cookieHeader: string | null, publicUrl: string, everywhere = false): Promise<string> {
	const token = tokenIn(cookieHeader);
	if (token !== null) {
		const own = 'select address from account.session where token_hash = $1 and expires_at > now()';
		await db.query(
			everywhere ? `delete from account.session where token_hash = $1 or address = (${own})` : 'delete from account.session where token_hash = $1',
			[hashOf(token)],
		);
	}
	return cookieWith('', 0, publicUrl);
}

/** Ends the sessions that were opened with a passkey which the account no longer trusts. */
export async function endSessionsOf(db: Queryable, address: string, credentialIds: readonly string[]): Promise<void> {
	if (credentialIds.length > 0) await db.query('delete from account.session where address = $1 and credential_id = any($2)', [address, credentialIds]);
}

/** What has run out is of no use to anybody but thieves of the table, and grows for ever. */
export async function forgetExpired(db: Queryable): Promise<void> {
	await db.query('delete from account.session where expires_at < now()');
	await db.query('delete from account.challenge where expires_at < now()');
	await db.query('delete from account.device_request where expires_at < now()');
}

function tokenIn(cookieHeader: string | null): string | null {
	const token = cookieHeader ? parse(cookieHeader, COOKIE)[COOKIE] : undefined;
	return token !== undefined && /^[\w-]{43}$/.test(token) ? token : null;
}

function cookieWith(token: string, maxAge: number, publicUrl: string): string {
	const secure = new URL(publicUrl).protocol === 'https:' ? '; Secure' : '';
	return `${COOKIE}=${token}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${maxAge}${secure}`;
}
