import { type PasskeySignIn, passkeySigner, type RegisteredPasskey, type RegisterPasskey, type Viewer } from '@kaishi/protocol/account';
import { accountAbi } from '@kaishi/protocol/generated/account';
import { accountFactoryAbi } from '@kaishi/protocol/generated/account-factory';
import { Refusal } from '@kaishi/protocol/platform/errors';
import { type Address, BaseError, type Hex, zeroHash } from 'viem';
import { hasCode } from '../platform/chain/create2.ts';
import { readContract } from '../platform/chain/read-contract.ts';
import { RpcError } from '../platform/chain/rpc-error.ts';
import { requireP256Key, verifyAssertion } from './assertion.ts';
import { takeChallenge } from './challenges.ts';
import type { AccountContext } from './context.ts';

export interface PasskeyRow {
	credential_id: string;
	x: Hex;
	y: Hex;
	signer: Hex;
	address: Address;
	offered_to: Address | null;
	chosen: Address | null;
	label: string;
	created_at: Date;
	proven_at: Date | null;
	last_used_at: Date | null;
}

/**
 * Makes a passkey known. The first word about a credential stands: neither its key nor its account can be changed by
 * whoever names it again. `viewer`: the account it may become a further signer of, unless the passkey names another.
 */
export async function registerPasskey({ db, chain, deployment }: AccountContext, passkey: RegisterPasskey, viewer: Viewer | null): Promise<RegisteredPasskey> {
	requireP256Key(passkey.publicKey);
	const { accountFactory, webAuthnVerifier } = deployment.contracts;
	const signer = passkeySigner(webAuthnVerifier, passkey.publicKey).toLowerCase() as Hex;
	const address = await readContract(chain, { address: accountFactory, abi: accountFactoryAbi, functionName: 'predict', args: [[signer], 1n, zeroHash] });
	await db.query(
		`insert into account.passkey (credential_id, x, y, signer, address, offered_to, label)
		values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing`,
		[passkey.credentialId, passkey.publicKey.x, passkey.publicKey.y, signer, address, passkey.account ?? viewer?.address ?? null, passkey.label],
	);
	const known = await findPasskey(db, passkey.credentialId);
	if (known?.signer !== signer) throw new Refusal('Passkey_AlreadyKnown', 'conflict');
	return { address, signer, deployed: await hasCode(chain, address) };
}

/** Proves possession of a passkey and returns whose it is. Refuses with `Session_*`. */
export async function signInWithPasskey(context: AccountContext, assertion: PasskeySignIn): Promise<Viewer> {
	await takeChallenge(context.db, { challenge: assertion.challenge });
	const passkey = await findPasskey(context.db, assertion.credentialId);
	if (passkey === null) throw new Refusal('Session_UnknownPasskey', 'unauthenticated');
	verifyAssertion(assertion, passkey, context.publicUrl);
	const address = await accountOf(context, passkey, assertion.account ?? null);
	// The wish was signed, and the chain agrees: from now on this is where the passkey leads.
	await context.db.query(
		'update account.passkey set proven_at = coalesce(proven_at, now()), last_used_at = now(), chosen = coalesce($2, chosen) where credential_id = $1',
		[passkey.credential_id, assertion.account ?? null],
	);
	return { address, kind: 'passkey', credentialId: passkey.credential_id };
}

/** Remembers that these keys have just signed for the account. */
export async function noteUse({ db }: AccountContext, address: Address, signers: readonly Hex[]): Promise<void> {
	await db.query('update account.passkey set last_used_at = now() where signer = any($2) and $1 in (address, offered_to, chosen)', [
		address,
		signers.map((signer) => signer.toLowerCase()),
	]);
}

/** Anybody may name any credentials for a key that is public: more than these are neither read nor shown. */
const MANY = 64;

/** Passkeys that may sign for the account now. Where one has proven to hold its key, others that only name the key are left out. */
export async function passkeysOf(context: AccountContext, address: Address): Promise<PasskeyRow[]> {
	const { trusted } = await sortSignersOf(context, address);
	const { rows } = await context.db.query<PasskeyRow>(
		`select p.* from account.passkey p where (p.address = $1 or p.offered_to = $1 or p.chosen = $1) and p.signer = any($2)
			and (p.proven_at is not null or not exists (select 1 from account.passkey q where q.signer = p.signer and q.proven_at is not null
				and (q.address = $1 or q.offered_to = $1 or q.chosen = $1)))
		order by p.created_at, p.credential_id limit $3`,
		[address, trusted, MANY],
	);
	return rows;
}

/** Credentials known for the account that may no longer sign for it. */
export async function removedPasskeysOf(context: AccountContext, address: Address): Promise<string[]> {
	const { removed } = await sortSignersOf(context, address);
	if (removed.length === 0) return [];
	const { rows } = await context.db.query<{ credential_id: string }>(
		'select credential_id from account.passkey where (address = $1 or offered_to = $1 or chosen = $1) and signer = any($2)',
		[address, removed],
	);
	return rows.map((row) => row.credential_id);
}

export async function findPasskeyBySigner({ db }: AccountContext, signer: Hex): Promise<PasskeyRow | null> {
	const { rows } = await db.query<PasskeyRow>('select * from account.passkey where signer = $1 order by proven_at nulls last, created_at limit 1', [
		signer.toLowerCase(),
	]);
	return rows[0] ?? null;
}

/** The chain is asked once for each key, however many credentials name it. */
async function sortSignersOf(context: AccountContext, address: Address): Promise<{ trusted: Hex[]; removed: Hex[] }> {
	const { rows } = await context.db.query<Pick<PasskeyRow, 'signer' | 'address'>>(
		'select signer, address from account.passkey where address = $1 or offered_to = $1 or chosen = $1 group by signer, address order by min(created_at) limit $2',
		[address, MANY],
	);
	const trusts = await Promise.all(rows.map((row) => isSigner(context, address, row)));
	const signers = rows.map((row) => row.signer);
	return { trusted: signers.filter((_, i) => trusts[i]), removed: signers.filter((_, i) => !trusts[i]) };
}

/** The account it wishes to enter; without a wish the one it chose last or was added to, if the chain says so; else its own, unless that has removed it. */
async function accountOf(context: AccountContext, passkey: PasskeyRow, wish: Address | null): Promise<Address> {
	for (const address of wish === null ? [passkey.chosen, passkey.offered_to, passkey.address] : [wish]) {
		if (address !== null && (await isSigner(context, address, passkey))) return address;
	}
	throw new Refusal('Session_SignerRemoved', 'forbidden');
}

/** An account that does not exist yet has the one signer that its address was made of. */
async function isSigner({ chain }: AccountContext, address: Address, passkey: Pick<PasskeyRow, 'signer' | 'address'>): Promise<boolean> {
	if (!(await hasCode(chain, address))) return address === passkey.address;
	try {
		return await readContract(chain, { address, abi: accountAbi, functionName: 'isSigner', args: [passkey.signer] });
	} catch (error) {
		// A contract that is no account, whatever it answers.
		if (error instanceof RpcError || error instanceof BaseError) return false;
		throw error;
	}
}

async function findPasskey(db: AccountContext['db'], credentialId: string): Promise<PasskeyRow | null> {
	const { rows } = await db.query<PasskeyRow>('select * from account.passkey where credential_id = $1', [credentialId]);
	return rows[0] ?? null;
}
