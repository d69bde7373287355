import { catchKinds } from '@kaishi/protocol/operator';
import type { Address, Hex } from 'viem';
import type { Queryable } from '../platform/db/database.ts';
import type { ChainEvent, Projection } from '../platform/indexer/projection.ts';
import { PROOF_COLUMNS, proofValues } from '../platform/indexer/proof.ts';
import { operatorTables } from './derived-tables.ts';

/** Folds Operators events: who is registered, what is posted, who was caught. */
export function createOperatorProjection(): Projection {
	return {
		domain: 'operator',
		tables: operatorTables,
		handlers: {
			'Operators.OperatorRegistered': register,
			'Operators.BondPosted': postBond,
			'Operators.BondWithdrawalAnnounced': announce,
			'Operators.BondWithdrawn': withdraw,
			'Operators.OperatorCaught': punish,
		},
		topics: async (_, { args }: ChainEvent<never>) => {
			const { account } = args as { account?: Address };
			return account === undefined ? [] : [`account:${account.toLowerCase()}`];
		},
	};
}

async function register(db: Queryable, event: ChainEvent<{ operatorId: number; owner: Address; signer: Address }>): Promise<void> {
	const { operatorId, owner, signer } = event.args;
	await db.query(`insert into operator.operators (operator_id, owner, signer, ${PROOF_COLUMNS}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`, [
		operatorId,
		owner,
		signer,
		...proofValues(event),
	]);
}

async function postBond(db: Queryable, { args }: ChainEvent<{ operatorId: number; token: Address; bond: bigint }>): Promise<void> {
	await db.query(
		`insert into operator.bonds (operator_id, currency, amount) values ($1, $2, $3) on conflict (operator_id, currency) do update set amount = excluded.amount`,
		[args.operatorId, args.token, args.bond.toString()],
	);
}

/** The announcement replaces an earlier one; of nothing, it takes it back. */
async function announce(db: Queryable, { args }: ChainEvent<{ operatorId: number; token: Address; amount: bigint; from: number }>): Promise<void> {
	const of = [args.operatorId, args.token];
	if (args.amount === 0n) await db.query('update operator.bonds set leaving = null, leaves_at = null where operator_id = $1 and currency = $2', of);
	else
		await db.query('update operator.bonds set leaving = $3, leaves_at = $4 where operator_id = $1 and currency = $2', [
			...of,
			args.amount.toString(),
			args.from,
		]);
}

async function withdraw(db: Queryable, { args }: ChainEvent<{ operatorId: number; token: Address; bond: bigint }>): Promise<void> {
	await db.query('update operator.bonds set amount = $3, leaving = null, leaves_at = null where operator_id = $1 and currency = $2', [
		args.operatorId,
		args.token,
		args.bond.toString(),
	]);
}

interface Caught {
	operatorId: number;
	proof: number;
	subject: Hex;
	account: Address;
	token: Address;
	compensation: bigint;
	toTreasury: bigint;
}

async function punish(db: Queryable, event: ChainEvent<Caught>): Promise<void> {
	const { operatorId, proof, subject, account, token, compensation, toTreasury } = event.args;
	await db.query(
		`with paid as (update operator.bonds set amount = amount - $6::numeric - $7::numeric where operator_id = $1 and currency = $5)
		 insert into operator.catches (operator_id, kind, subject, account, currency, compensation, to_treasury, ${PROOF_COLUMNS})
		 values ($1, $2, $3, $4, $5, $6::numeric, $7::numeric, $8, $9, $10, $11, $12, $13, $14)`,
		[operatorId, catchKinds[proof] ?? 'dropped', subject, account, token, compensation.toString(), toTreasury.toString(), ...proofValues(event)],
	);
}
