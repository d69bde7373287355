import type { PersonSigner, TreasurySigner, TreasuryView, Viewer } from '@kaishi/protocol/account';
import { accountAbi } from '@kaishi/protocol/generated/account';
import { webAuthnVerifierAbi } from '@kaishi/protocol/generated/web-authn-verifier';
import { Refusal } from '@kaishi/protocol/platform/errors';
import { type Address, getAddress, type Hex, recoverAddress, size, slice } from 'viem';
import { hasCode } from '../platform/chain/create2.ts';
import { readContract } from '../platform/chain/read-contract.ts';
import { createOwnAccounts } from '../platform/relayer/own-accounts.ts';
import type { AccountContext } from './context.ts';
import { passkeysOf } from './passkeys.ts';

/** What a valid ERC-7913 verifier and an ERC-1271 wallet answer: their function's own selector. */
const VERIFIED_7913 = '0x024ad318';
const VERIFIED_1271 = '0x1626ba7e';
const MANY_TREASURIES = 32;
const erc1271Abi = [
	{
		type: 'function',
		name: 'isValidSignature',
		stateMutability: 'view',
		inputs: [{ type: 'bytes32' }, { type: 'bytes' }],
		outputs: [{ type: 'bytes4' }],
	},
] as const;

/** Who signs for an account now and how many of them it takes, asked of the chain; null when it is no account of this market. */
export async function membersOf(context: AccountContext, address: Address): Promise<{ threshold: number; signers: Hex[] } | null> {
	const { chain, deployment } = context;
	const foreign = await createOwnAccounts(chain, deployment.contracts.accountFactory).isForeign(address);
	if (foreign || !(await hasCode(chain, address))) return null;
	const account = { address, abi: accountAbi } as const;
	const [threshold, signers] = await Promise.all([
		readContract(chain, { ...account, functionName: 'threshold' }),
		readContract(chain, { ...account, functionName: 'getSigners', args: [0n, 64n] }),
	]);
	return { threshold: Number(threshold), signers: signers.map((signer) => signer.toLowerCase() as Hex) };
}

/** What this person would sign with, everywhere. */
export async function signersOf(context: AccountContext, person: Address): Promise<Hex[]> {
	const passkeys = await passkeysOf(context, person);
	return [person.toLowerCase() as Hex, ...passkeys.map((passkey) => passkey.signer)];
}

/** The treasury as one of its signers sees it; null for everybody else. */
export async function treasuryView(context: AccountContext, address: Address, viewer: Viewer): Promise<TreasuryView | null> {
	const members = await membersOf(context, address);
	if (members === null) return null;
	const own = new Set(await signersOf(context, viewer.address));
	if (!members.signers.some((signer) => own.has(signer))) return null;
	await rememberMembers(context, address, members.signers);
	const signers = await Promise.all(members.signers.map((signer) => describeSigner(context, signer, own)));
	return { address, threshold: members.threshold, signers };
}

/** Treasuries that this server has seen the viewer sign for, and that the chain says it still does. */
export async function treasuriesOf(context: AccountContext, viewer: Viewer): Promise<TreasuryView[]> {
	const own = await signersOf(context, viewer.address);
	const { rows } = await context.db.query<{ treasury: Address }>(
		'select distinct treasury from account.treasury_signer where signer = any($1) and treasury <> $2 order by treasury limit $3',
		[own, viewer.address, MANY_TREASURIES],
	);
	const views = await Promise.all(rows.map(({ treasury }) => treasuryView(context, treasury, viewer)));
	return views.filter((view) => view !== null);
}

/** A hint for {@link treasuriesOf}, never an answer: the chain is asked again each time. */
export async function rememberMembers({ db }: AccountContext, treasury: Address, signers: readonly Hex[]): Promise<void> {
	await db.query('delete from account.treasury_signer where treasury = $1 and not signer = any($2)', [treasury, signers]);
	await db.query('insert into account.treasury_signer (treasury, signer) select $1, unnest($2::text[]) on conflict do nothing', [treasury, signers]);
}

/**
 * What a treasury has to name so that this person can sign for it: a wallet's address, or one passkey. Never several
 * of one person: each would count as another one. Refuses accounts that several people sign for.
 */
export async function signerOfPerson(context: AccountContext, person: Address): Promise<PersonSigner> {
	const members = await membersOf(context, person);
	if (members !== null && members.threshold !== 1) throw new Refusal('Treasury_NotAnAccount', 'invalid', { address: person });
	const passkeys = await passkeysOf(context, person);
	const proven = passkeys.find((passkey) => passkey.proven_at !== null) ?? passkeys[0];
	const passkey = proven?.signer ?? members?.signers.find((signer) => isPasskey(context, signer));
	if (passkey !== undefined) return { person, signer: passkey, kind: 'passkey' };
	if (members !== null) throw new Refusal('Treasury_NotAnAccount', 'invalid', { address: person });
	return { person, signer: person.toLowerCase() as Hex, kind: 'wallet' };
}

/** Whether `signature` is the signer's over `hash`, by the rules of the chain. */
export async function isSignedBy(context: AccountContext, signer: Hex, hash: Hex, signature: Hex): Promise<boolean> {
	const { chain } = context;
	try {
		if (isPasskey(context, signer)) {
			const verifier = { address: context.deployment.contracts.webAuthnVerifier, abi: webAuthnVerifierAbi } as const;
			return (await readContract(chain, { ...verifier, functionName: 'verify', args: [slice(signer, 20), hash, signature] })) === VERIFIED_7913;
		}
		if (size(signer) !== 20) return false;
		const wallet = getAddress(signer);
		if (await hasCode(chain, wallet))
			return (await readContract(chain, { address: wallet, abi: erc1271Abi, functionName: 'isValidSignature', args: [hash, signature] })) === VERIFIED_1271;
		return (await recoverAddress({ hash, signature })) === wallet;
	} catch {
		// Whatever cannot be read as a signature is none.
		return false;
	}
}

function isPasskey({ deployment }: AccountContext, signer: Hex): boolean {
	return size(signer) === 84 && signer.startsWith(deployment.contracts.webAuthnVerifier.toLowerCase());
}

async function describeSigner(context: AccountContext, signer: Hex, own: ReadonlySet<Hex>): Promise<TreasurySigner> {
	if (!isPasskey(context, signer)) return { signer, kind: 'wallet', person: size(signer) === 20 ? getAddress(signer) : null, own: own.has(signer) };
	const { rows } = await context.db.query<{ address: Address }>(
		'select address from account.passkey where signer = $1 order by proven_at nulls last, created_at limit 1',
		[signer],
	);
	return { signer, kind: 'passkey', person: rows[0]?.address ?? null, own: own.has(signer) };
}
