import type { Address } from 'viem';
import type { Queryable } from '../platform/db/database.ts';
import type { ChainEvent, Projection } from '../platform/indexer/projection.ts';
import { discoveryTables } from './tables.ts';

/** Folds Parameters events into what new orders have to fit. */
export function createDiscoveryProjection(): Projection {
	return {
		domain: 'discovery',
		tables: discoveryTables,
		handlers: {
			'Parameters.FeeChanged': setFee,
			'Parameters.CurrencyAllowed': (db: Queryable, { args }: ChainEvent<{ currency: Address; allowed: boolean }>) =>
				setAllowed(db, 'currency', args.currency, args.allowed),
			'Parameters.ArbitratorAllowed': (db: Queryable, { args }: ChainEvent<{ arbitrator: Address; allowed: boolean }>) =>
				setAllowed(db, 'arbitrator', args.arbitrator, args.allowed),
		},
	};
}

async function setFee(db: Queryable, { args }: ChainEvent<{ feeBps: number; recipient: Address }>): Promise<void> {
	await db.query(
		'insert into discovery.fee (id, fee_bps, recipient) values (1, $1, $2) on conflict (id) do update set fee_bps = excluded.fee_bps, recipient = excluded.recipient',
		[args.feeBps, args.recipient],
	);
}

async function setAllowed(db: Queryable, kind: 'currency' | 'arbitrator', address: Address, allowed: boolean): Promise<void> {
	await db.query(
		'insert into discovery.allowed (kind, address, allowed) values ($1, $2, $3) on conflict (kind, address) do update set allowed = excluded.allowed',
		[kind, address, allowed],
	);
}
