import type { Address } from 'viem';
import type { Queryable } from '../platform/db/database.ts';
import type { ChainEvent } from '../platform/indexer/projection.ts';
import { PROOF_COLUMNS, proofValues } from '../platform/indexer/proof.ts';

interface Session {
	account: Address;
	key: Address;
	token: Address;
}
type Opened = Session & { limit: bigint; shopId: bigint; validUntil: number };

const idOf = ({ account, key, token }: Session) => [account, key, token];

async function open(db: Queryable, event: ChainEvent<Opened>): Promise<void> {
	const { args } = event;
	await db.query('delete from account.spending_key where account = $1 and key = $2 and currency = $3', idOf(args));
	await db.query(
		`insert into account.spending_key (account, key, currency, spending_limit, spending_left, shop_id, valid_until, ${PROOF_COLUMNS})
		values ($1, $2, $3, $4, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
		[...idOf(args), args.limit.toString(), args.shopId === 0n ? null : args.shopId.toString(), args.validUntil, ...proofValues(event)],
	);
}

async function spend(db: Queryable, { args }: ChainEvent<Session & { left: bigint }>): Promise<void> {
	await db.query('update account.spending_key set spending_left = $4 where account = $1 and key = $2 and currency = $3', [...idOf(args), args.left.toString()]);
}

async function revoke(db: Queryable, { args }: ChainEvent<Session>): Promise<void> {
	await db.query('delete from account.spending_key where account = $1 and key = $2 and currency = $3', idOf(args));
}

/** What keys may still spend for an account. */
export const sessionHandlers = { 'Sessions.SessionOpened': open, 'Sessions.SessionSpent': spend, 'Sessions.SessionRevoked': revoke };
