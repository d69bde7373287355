import type { Migration } from '../platform/db/migrate.ts';
import { PROOF_DDL } from '../platform/indexer/proof.ts';

export const governanceMigrations: readonly Migration[] = [
	{
		name: 'governance.0001',
		sql: `
create schema governance;

-- The last decision about each currency and arbitrator, and where it stands.
create table governance.decisions (
	kind text not null check (kind in ('currency', 'arbitrator')),
	address text not null,
	allowed boolean not null,
	${PROOF_DDL},
	primary key (kind, address)
);

-- Calls that wait in the timelock, or waited. Batches have several, by index.
create table governance.calls (
	id text not null,
	index integer not null,
	target text not null,
	value numeric(78) not null,
	data text not null,
	predecessor text not null,
	salt text not null,
	ready_at bigint not null,
	state text not null check (state in ('waiting', 'done', 'cancelled')),
	${PROOF_DDL},
	primary key (id, index)
);
`,
	},
];

/** Everything the projection writes, for undo, rebuild and comparison. */
export const governanceTables = ['governance.decisions', 'governance.calls'] as const;
