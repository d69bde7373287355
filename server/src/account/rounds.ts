import {
	encodeMultiSignature,
	MAX_ROUND_SECONDS,
	type PackedUserOperation,
	type ProposeRound,
	type RoundOperation,
	type RoundView,
	roundOperation,
	type SignRound,
	userOperationHash,
	type Viewer,
} from '@kaishi/protocol/account';
import { Refusal } from '@kaishi/protocol/platform/errors';
import type { Address, Hex } from 'viem';
import { createPolicy } from '../platform/relayer/policy.ts';
import type { AccountContext, AccountRoutesContext } from './context.ts';
import { isSignedBy, membersOf, rememberMembers, signersOf } from './treasuries.ts';

interface RoundRow {
	id: Hex;
	treasury: Address;
	operation: RoundOperation;
	proposer: Hex;
	created_at: Date;
	valid_until: number;
	state: 'open' | 'done' | 'dropped';
	failure: string | null;
	transaction_hash: Hex | null;
}
type Part = { signer: Hex; signature: Hex };

/** Open at once in one treasury. */
const MAX_OPEN = 32;
const SHOWN = 50;

/** Rounds of a treasury, newest first. Refuses whoever is none of its signers. */
export async function listRounds(context: AccountContext, treasury: Address, viewer: Viewer): Promise<RoundView[]> {
	await requireMember(context, treasury, viewer);
	const { rows } = await context.db.query<RoundRow>('select * from account.round where treasury = $1 order by created_at desc, id limit $2', [treasury, SHOWN]);
	return Promise.all(rows.map((row) => toView(context, row)));
}

/** Stores an operation with its proposer's signature, and carries it out when that is enough. */
export async function proposeRound(context: AccountRoutesContext, treasury: Address, { operation, ...part }: ProposeRound, viewer: Viewer): Promise<RoundView> {
	const { db, chain, deployment } = context;
	const now = chain.now();
	if (operation.validUntil <= now || operation.validUntil > now + MAX_ROUND_SECONDS) throw new Refusal('Round_TooLong', 'invalid');
	const unsigned = roundOperation(treasury, operation, deployment.contracts.deadline);
	createPolicy(deployment).laneOfUserOperation(unsigned);
	const id = hashOf(context, unsigned);
	await requireSignature(context, treasury, id, part, viewer);
	await db.query(
		`insert into account.round (id, treasury, operation, proposer, valid_until)
		select $1, $2, $3, $4, $5 where (select count(*) from account.round where treasury = $2 and state = 'open' and valid_until >= $7) < $6 on conflict do nothing`,
		[id, treasury, JSON.stringify(operation), part.signer, operation.validUntil, MAX_OPEN, now],
	);
	if ((await findRound(context, id)) === null) throw new Refusal('Round_TooMany', 'tooMany');
	return addSignature(context, id, part);
}

/** Adds the viewer's signature; the one that completes the threshold sends the operation. */
export async function signRound(context: AccountRoutesContext, id: Hex, part: SignRound, viewer: Viewer): Promise<RoundView> {
	const round = await requireOpen(context, id, viewer);
	await requireSignature(context, round.treasury, id, part, viewer);
	return addSignature(context, id, part);
}

/** Any signer may end a round before it is sent. */
export async function dropRound(context: AccountRoutesContext, id: Hex, viewer: Viewer): Promise<RoundView> {
	await requireOpen(context, id, viewer);
	await context.db.query(`update account.round set state = 'dropped' where id = $1 and state = 'open'`, [id]);
	await context.db.query('delete from account.round_signature where round_id = $1', [id]);
	return viewOf(context, id);
}

/** Tries again what was refused although it had enough signatures. */
export async function retryRound(context: AccountRoutesContext, id: Hex, viewer: Viewer): Promise<RoundView> {
	await requireOpen(context, id, viewer);
	await sendWhenComplete(context, id);
	return viewOf(context, id);
}

/** After a crash between the last signature and the answer: what is complete and was never refused is sent. For every start. */
export async function sendCompleteRounds(context: AccountRoutesContext): Promise<void> {
	const { rows } = await context.db.query<Pick<RoundRow, 'id'>>(`select id from account.round where state = 'open' and failure is null and valid_until >= $1`, [
		context.chain.now(),
	]);
	for (const { id } of rows) await sendWhenComplete(context, id);
}

async function addSignature(context: AccountRoutesContext, id: Hex, { signer, signature }: Part): Promise<RoundView> {
	await context.db.query('insert into account.round_signature (round_id, signer, signature) values ($1, $2, $3) on conflict do nothing', [
		id,
		signer,
		signature,
	]);
	await sendWhenComplete(context, id);
	return viewOf(context, id);
}

/** Sends the operation if enough present signers have signed it. Twice is once: the EntryPoint takes a nonce once, and the relayer answers again. */
async function sendWhenComplete(context: AccountRoutesContext, id: Hex): Promise<void> {
	const round = await findRound(context, id);
	if (round === null || round.state !== 'open') return;
	const members = await membersOf(context, round.treasury);
	const parts = (await partsOf(context, id)).filter(({ signer }) => members?.signers.includes(signer));
	if (members === null || parts.length < members.threshold) return;
	const unsigned = roundOperation(round.treasury, round.operation, context.deployment.contracts.deadline);
	try {
		const relayed = await context.relayer.userOperation({ ...unsigned, signature: encodeMultiSignature(parts.slice(0, members.threshold)) });
		await context.db.query(`update account.round set state = 'done', failure = null, transaction_hash = $2 where id = $1`, [id, relayed.transactionHash]);
	} catch (error) {
		if (!(error instanceof Refusal)) throw error;
		await context.db.query(`update account.round set failure = $2 where id = $1 and state = 'open'`, [id, error.code]);
		return;
	}
	const after = await membersOf(context, round.treasury);
	if (after !== null) await rememberMembers(context, round.treasury, after.signers);
}

async function requireMember(context: AccountContext, treasury: Address, viewer: Viewer): Promise<void> {
	const [members, own] = await Promise.all([membersOf(context, treasury), signersOf(context, viewer.address)]);
	// The same answer for accounts that are not there: who signs for what is nobody else's business.
	if (!members?.signers.some((signer) => own.includes(signer))) throw new Refusal('Round_NotSigner', 'forbidden');
}

async function requireOpen(context: AccountRoutesContext, id: Hex, viewer: Viewer): Promise<RoundRow> {
	const round = await findRound(context, id);
	if (round === null) throw new Refusal('Round_Unknown', 'notFound');
	await requireMember(context, round.treasury, viewer);
	if (round.state !== 'open' || round.valid_until < context.chain.now()) throw new Refusal('Round_NotOpen', 'conflict');
	return round;
}

/** The viewer's own signature, of somebody who signs for the treasury now. */
async function requireSignature(context: AccountRoutesContext, treasury: Address, id: Hex, { signer, signature }: Part, viewer: Viewer): Promise<void> {
	const [members, own] = await Promise.all([membersOf(context, treasury), signersOf(context, viewer.address)]);
	if (!members?.signers.includes(signer) || !own.includes(signer)) throw new Refusal('Round_NotSigner', 'forbidden');
	if (!(await isSignedBy(context, signer, id, signature))) throw new Refusal('Round_InvalidSignature', 'invalid');
}

function hashOf({ chain, deployment }: AccountRoutesContext, operation: PackedUserOperation): Hex {
	return userOperationHash(operation, chain.chainId, deployment.contracts.entryPoint).toLowerCase() as Hex;
}

async function findRound({ db }: AccountRoutesContext, id: Hex): Promise<RoundRow | null> {
	return (await db.query<RoundRow>('select * from account.round where id = $1', [id])).rows[0] ?? null;
}

async function partsOf({ db }: AccountContext, id: Hex): Promise<Part[]> {
	return (await db.query<Part>('select signer, signature from account.round_signature where round_id = $1 order by signed_at, signer', [id])).rows;
}

async function viewOf(context: AccountRoutesContext, id: Hex): Promise<RoundView> {
	const row = await findRound(context, id);
	if (row === null) throw new Refusal('Round_Unknown', 'notFound');
	return toView(context, row);
}

async function toView(context: AccountContext, row: RoundRow): Promise<RoundView> {
	const parts = await partsOf(context, row.id);
	return {
		id: row.id,
		treasury: row.treasury,
		operation: row.operation,
		proposer: row.proposer,
		createdAt: Math.floor(row.created_at.getTime() / 1000),
		validUntil: row.valid_until,
		signed: parts.map((part) => part.signer),
		state: row.state === 'open' && row.valid_until < context.chain.now() ? 'expired' : row.state,
		failure: row.failure,
		transactionHash: row.transaction_hash,
	};
}
