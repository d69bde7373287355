import type { OwnKeys, ReadingKey, SealedKey } from '@kaishi/protocol/dispute';
import type { Address, Hex } from 'viem';
import type { Queryable } from '../platform/db/database.ts';

/**
 * The only module that touches `dispute_private`: which files belong to a case, keys that were sealed to its readers, and
 * the keys that readers have published. Nothing here opens a sealed file.
 */
export async function addBlob(db: Queryable, blob: { disputeId: string; cid: string; uploader: Address; sealed: boolean; bytes: number }): Promise<void> {
	await db.query('insert into dispute_private.blobs (dispute_id, cid, uploader, sealed, bytes) values ($1, $2, $3, $4, $5) on conflict do nothing', [
		blob.disputeId,
		blob.cid,
		blob.uploader,
		blob.sealed,
		blob.bytes,
	]);
}

/** Null when the case has no such file. */
export async function findBlob(db: Queryable, disputeId: string, cid: string): Promise<{ sealed: boolean } | null> {
	const { rows } = await db.query<{ sealed: boolean }>('select sealed from dispute_private.blobs where dispute_id = $1 and cid = $2', [disputeId, cid]);
	return rows[0] ?? null;
}

/** What somebody sealed to a reader's key stays: nobody can spoil it afterwards. */
export async function addKeys(db: Queryable, disputeId: string, sealedBy: Address, keys: readonly SealedKey[]): Promise<void> {
	for (const { cid, reader, publicKey, enc, ciphertext } of keys) {
		await db.query(
			'insert into dispute_private.sealed_keys (dispute_id, cid, reader, sealed_by, enc, ciphertext, public_key) values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing',
			[disputeId, cid, reader, sealedBy, enc, ciphertext, publicKey],
		);
	}
}

/** Of each file its bringer's sealing first: another's may open and be the key to nothing. */
export async function keysFor(db: Queryable, disputeId: string, reader: Address): Promise<OwnKeys['keys']> {
	const { rows } = await db.query<{ cid: string; public_key: Hex; enc: Hex; ciphertext: Hex; sealed_by: Address }>(
		`select k.cid, k.public_key, k.enc, k.ciphertext, k.sealed_by from dispute_private.sealed_keys k
		 join dispute_private.blobs b on b.dispute_id = k.dispute_id and b.cid = k.cid
		 where k.dispute_id = $1 and k.reader = $2 order by k.cid, k.sealed_by <> b.uploader`,
		[disputeId, reader],
	);
	return rows.map(({ cid, public_key, enc, ciphertext, sealed_by }) => ({ cid, publicKey: public_key, enc, ciphertext, sealedBy: sealed_by }));
}

/**
 * Of what `reader` holds a key to: which published keys of `others` it should still be sealed to. Whoever brought a file
 * trusts no sealing but its own: the other side could seal something else first. Each case is small.
 */
export async function missingKeys(db: Queryable, disputeId: string, reader: Address, others: readonly Address[]): Promise<OwnKeys['missing']> {
	const { rows } = await db.query<{ cid: string; account: Address; public_key: Hex; signature: Hex }>(
		`select distinct own.cid, other.account, other.public_key, other.signature from dispute_private.sealed_keys own
		 join dispute_private.blobs b on b.dispute_id = own.dispute_id and b.cid = own.cid
		 join dispute_private.reading_keys other on other.account = any($3) where own.dispute_id = $1 and own.reader = $2
		 and not exists (select 1 from dispute_private.sealed_keys k where k.dispute_id = $1 and k.cid = own.cid and k.reader = other.account and k.public_key = other.public_key
			and (b.uploader <> $2 or k.sealed_by = $2))`,
		[disputeId, reader, others],
	);
	return rows.map(({ cid, account, public_key, signature }) => ({ cid, reader: { account, publicKey: public_key, signature } }));
}

export async function publishReadingKey(db: Queryable, key: ReadingKey): Promise<void> {
	await db.query(
		`insert into dispute_private.reading_keys (account, public_key, signature) values ($1, $2, $3)
		 on conflict (account) do update set public_key = excluded.public_key, signature = excluded.signature, published_at = now()`,
		[key.account, key.publicKey, key.signature],
	);
}

export async function findReadingKeys(db: Queryable, accounts: readonly Address[]): Promise<ReadingKey[]> {
	const { rows } = await db.query<{ account: Address; public_key: Hex; signature: Hex }>(
		'select account, public_key, signature from dispute_private.reading_keys where account = any($1)',
		[accounts],
	);
	return rows.map(({ account, public_key, signature }) => ({ account, publicKey: public_key, signature }));
}
