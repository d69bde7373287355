import type { Guardian, Protection, RecoveryProposal } from '@kaishi/protocol/account';
import { recoveryAbi } from '@kaishi/protocol/generated/recovery';
import type { Address, Hex } from 'viem';
import { readContract } from '../platform/chain/read-contract.ts';
import type { Queryable } from '../platform/db/database.ts';
import { type ProofRow, toProof } from '../platform/indexer/proof.ts';
import type { AccountContext } from './context.ts';

interface RecoveryRow extends ProofRow {
	account: Address;
	round: string | number;
	signers: Hex[];
	threshold: string;
	approvals: Address[];
	opposed: Address[];
	state: RecoveryProposal['state'];
	executable_at: number | null;
}

/** Guardians and rules as the chain has them now, with what the tables know of the present round. */
export async function protectionOf({ db, chain, deployment }: AccountContext, account: Address): Promise<Protection> {
	const [guardians, threshold, delay, round] = await readContract(chain, {
		address: deployment.contracts.recovery,
		abi: recoveryAbi,
		functionName: 'planOf',
		args: [account],
	});
	const { rows } = await db.query<RecoveryRow>(
		`select * from account.recovery where account = $1 and round = $2 order by block_number desc, log_index desc limit 20`,
		[account, round.toString()],
	);
	return {
		guardians: guardians.map(({ guardian, weight }): Guardian => ({ guardian, weight })),
		threshold,
		delay,
		round: round.toString(),
		proposals: rows.map(toProposal),
	};
}

/** What may replace the signers of this account, or of one that it guards, unless somebody objects in time. */
export async function pendingRecoveriesOf(db: Queryable, address: Address): Promise<RecoveryProposal[]> {
	const { rows } = await db.query<RecoveryRow>(
		`select r.* from account.recovery r where r.state = 'pending'
			and (r.account = $1 or r.account in (select g.account from account.guardian g where g.guardian = $1))
		 order by r.account <> $1, r.executable_at, r.account limit 20`,
		[address],
	);
	return rows.map(toProposal);
}

function toProposal(row: RecoveryRow): RecoveryProposal {
	const { account, signers, approvals, opposed, state } = row;
	return {
		account,
		round: String(row.round),
		signers,
		threshold: row.threshold,
		approvals,
		opposed,
		state,
		executableAt: row.executable_at,
		proof: toProof(row),
	};
}
