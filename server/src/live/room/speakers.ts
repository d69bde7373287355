import { type LineBody, lineBytes, type SignedLine, SPEAKER_SECONDS, type SpeakerBody, type SpeakerView, speakerStatement } from '@kaishi/protocol/live';
import { Refusal } from '@kaishi/protocol/platform/errors';
import { type Address, type Hex, hexToBytes } from 'viem';
import type { Queryable } from '../../platform/db/database.ts';

/** Who a browser's key speaks for. */
export interface Speaker {
	account: Address;
	name: string;
	/** Unix seconds. */
	until: number;
}

export interface SpeakersContext {
	db: Queryable;
	chainId: number;
	/** Chain time, Unix seconds. */
	now(): number;
	isPersonalSignature(account: Address, message: string, signature: Hex): Promise<boolean>;
}

/** An account's browsers. */
const MAX_KEYS = 20;
/** Clocks of browser and chain. */
const LEEWAY_SECONDS = 3600;

/** Takes an account's word that a key speaks for it. The same word again changes nothing. */
export async function vouchFor({ db, chainId, now, isPersonalSignature }: SpeakersContext, account: Address, body: SpeakerBody): Promise<SpeakerView> {
	const { publicKey, name, until, signature } = body;
	if (until <= now() || until > now() + SPEAKER_SECONDS + LEEWAY_SECONDS) throw new Refusal('Live_WrongTime', 'invalid');
	await importKey(publicKey).catch(() => {
		throw new Refusal('Request_Invalid', 'invalid', { field: 'publicKey' });
	});
	const statement = speakerStatement({ account, publicKey, name, until, chainId });
	if (!(await isPersonalSignature(account, statement, signature))) throw new Refusal('Live_WrongSignature', 'forbidden');
	const { rowCount } = await db.query(
		`insert into live.speakers as s (public_key, account, name, until, signature) values ($1, $2, $3, $4, $5)
		 on conflict (public_key) do update set name = excluded.name, until = excluded.until, signature = excluded.signature where s.account = excluded.account`,
		[publicKey, account, name, until, signature],
	);
	if (rowCount === 0) throw new Refusal('Live_WrongSignature', 'forbidden');
	await db.query(
		`delete from live.speakers where account = $1 and public_key not in (select public_key from live.speakers where account = $1 order by until desc limit ${MAX_KEYS})`,
		[account],
	);
	return { publicKey, name, until };
}

/** Keys that speak for the account now, the longest first. */
export async function speakersOf(db: Queryable, account: Address, now: number): Promise<SpeakerView[]> {
	const { rows } = await db.query<{ public_key: Hex; name: string; until: number }>(
		'select public_key, name, until from live.speakers where account = $1 and until > $2 order by until desc',
		[account, now],
	);
	return rows.map(({ public_key, name, until }) => ({ publicKey: public_key, name, until }));
}

/** What the room calls an account: as it called itself last, else by its address. */
export async function nameOf(db: Queryable, account: Address): Promise<string> {
	const { rows } = await db.query<{ name: string }>('select name from live.speakers where account = $1 order by until desc limit 1', [account]);
	return rows[0]?.name ?? shortAddress(account);
}

/** For who has no name. */
export const shortAddress = (account: Address) => `${account.slice(0, 6)}…${account.slice(-4)}`;

/** For whom a key speaks now; null: for nobody. */
export async function findSpeaker(db: Queryable, publicKey: Hex, now: number): Promise<Speaker | null> {
	const { rows } = await db.query<Speaker>('select account, name, until from live.speakers where public_key = $1 and until > $2', [publicKey, now]);
	return rows[0] ?? null;
}

const KEYS = 20_000;
const keys = new Map<Hex, Promise<CryptoKey>>();

function importKey(publicKey: Hex): Promise<CryptoKey> {
	const known = keys.get(publicKey);
	if (known) return known;
	const made = crypto.subtle.importKey('raw', hexToBytes(publicKey) as Uint8Array<ArrayBuffer>, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['verify']);
	keys.set(publicKey, made);
	made.catch(() => keys.delete(publicKey));
	if (keys.size > KEYS) keys.delete(keys.keys().next().value as Hex);
	return made;
}

/** Whether the key signed exactly this line. Outside of the main thread. */
export async function isSignedBy({ speaker, signature, line }: SignedLine): Promise<boolean> {
	try {
		const key = await importKey(speaker);
		const bytes = lineBytes(line as LineBody);
		return await crypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, key, hexToBytes(signature) as Uint8Array<ArrayBuffer>, bytes);
	} catch {
		return false;
	}
}
