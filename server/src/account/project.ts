import type { Guardian } from '@kaishi/protocol/account';
import { type Address, encodeAbiParameters, type Hex, keccak256 } from 'viem';
import type { Queryable } from '../platform/db/database.ts';
import type { ChainEvent, Projection } from '../platform/indexer/projection.ts';
import { PROOF_COLUMNS, proofValues } from '../platform/indexer/proof.ts';
import { accountTables } from './tables.ts';

/** As long as the contract counts approvals, from the first one on. Seconds. */
const APPROVAL_LIFETIME = 30 * 86_400;

/** Folds Recovery events into guardians, what they propose, and how often an account was recovered. */
export function createAccountProjection(): Projection {
	return {
		domain: 'account',
		tables: accountTables,
		handlers: {
			'Recovery.GuardiansSet': setGuardians,
			'Recovery.GuardianStruck': strike,
			'Recovery.RecoveryApproved': addApproval,
			'Recovery.RecoveryStarted': start,
			'Recovery.RecoveryOpposed': addObjection,
			'Recovery.RecoveryVetoed': (db, event) => endRound(db, event, 'vetoed'),
			'Recovery.RecoveryExecuted': execute,
		},
		topics: topicsOf,
	};
}

interface Round {
	account: Address;
	round: bigint;
}
interface Proposed extends Round {
	signers: readonly Hex[];
	threshold: bigint;
}

async function setGuardians(db: Queryable, event: ChainEvent<{ account: Address; guardians: readonly Guardian[] }>): Promise<void> {
	const { account, guardians } = event.args;
	await db.query('delete from account.guardian where account = $1', [account]);
	for (const { guardian, weight } of guardians)
		await db.query('insert into account.guardian (account, guardian, weight) values ($1, $2, $3)', [account, guardian, weight]);
	// A new round began: what was approved before does not count any more.
	await db.query(`update account.recovery set state = 'void' where account = $1 and state = 'gathering'`, [account]);
}

async function strike(db: Queryable, event: ChainEvent<{ account: Address; guardian: Address }>): Promise<void> {
	await db.query('delete from account.guardian where account = $1 and guardian = $2', [event.args.account, event.args.guardian]);
}

async function addApproval(db: Queryable, event: ChainEvent<Proposed & { guardian: Address }>): Promise<void> {
	const { account, round, signers, threshold, guardian } = event.args;
	const key = [account, round.toString(), proposalOf(event.args)];
	const { rows } = await db.query<{ approvals: Address[]; gathered_since: number }>(
		'select approvals, gathered_since from account.recovery where account = $1 and round = $2 and proposal = $3',
		key,
	);
	const [earlier] = rows;
	const lapsed = earlier === undefined || event.timestamp >= earlier.gathered_since + APPROVAL_LIFETIME;
	const approvals = lapsed ? [guardian] : [...earlier.approvals, guardian];
	const since = lapsed ? event.timestamp : earlier.gathered_since;
	await db.query(
		`insert into account.recovery (account, round, proposal, signers, threshold, approvals, opposed, state, gathered_since, ${PROOF_COLUMNS})
		 values ($1, $2, $3, $4, $5, $6, '[]', 'gathering', $7, $8, $9, $10, $11, $12, $13, $14)
		 on conflict (account, round, proposal) do update set approvals = excluded.approvals, gathered_since = excluded.gathered_since,
			(${PROOF_COLUMNS}) = (${PROOF_COLUMNS.replaceAll(/\w+/g, 'excluded.$&')})`,
		[...key, JSON.stringify(signers), threshold.toString(), JSON.stringify(approvals), since, ...proofValues(event)],
	);
}

async function start(db: Queryable, event: ChainEvent<Proposed & { executableAt: number }>): Promise<void> {
	const { account, round, executableAt } = event.args;
	await db.query(
		`update account.recovery set state = 'pending', executable_at = $4, (${PROOF_COLUMNS}) = ($5, $6, $7, $8, $9, $10, $11)
		 where account = $1 and round = $2 and proposal = $3`,
		[account, round.toString(), proposalOf(event.args), executableAt, ...proofValues(event)],
	);
}

async function addObjection(db: Queryable, event: ChainEvent<Round & { guardian: Address }>): Promise<void> {
	const { account, round, guardian } = event.args;
	await db.query(
		`update account.recovery set opposed = opposed || jsonb_build_array($3::text), (${PROOF_COLUMNS}) = ($4, $5, $6, $7, $8, $9, $10)
		 where account = $1 and round = $2 and state = 'pending'`,
		[account, round.toString(), guardian, ...proofValues(event)],
	);
}

/** What was pending ends as told; approvals of other signers in the same round are void. */
async function endRound(db: Queryable, event: ChainEvent<Round>, as: 'vetoed' | 'executed'): Promise<void> {
	const { account, round } = event.args;
	await db.query(
		`update account.recovery set state = case state when 'pending' then $3 else 'void' end, (${PROOF_COLUMNS}) = ($4, $5, $6, $7, $8, $9, $10)
		 where account = $1 and round = $2 and state in ('pending', 'gathering')`,
		[account, round.toString(), as, ...proofValues(event)],
	);
}

async function execute(db: Queryable, event: ChainEvent<Round>): Promise<void> {
	await endRound(db, event, 'executed');
	await db.query(`insert into account.recovered as r (account, times) values ($1, 1) on conflict (account) do update set times = r.times + 1`, [
		event.args.account,
	]);
}

const proposalOf = ({ signers, threshold }: Proposed) => keccak256(encodeAbiParameters([{ type: 'bytes[]' }, { type: 'uint64' }], [signers, threshold]));

/** Public, as the events are: whoever waits for a recovery need not be signed in. */
async function topicsOf(db: Queryable, event: ChainEvent<never>): Promise<string[]> {
	const { account } = event.args as { account: Address };
	const { rows } = await db.query<{ guardian: string }>('select guardian from account.guardian where account = $1', [account]);
	return [`account:${account.toLowerCase()}`, ...[account, ...rows.map((row) => row.guardian)].map((address) => `recovery:${address.toLowerCase()}`)];
}
