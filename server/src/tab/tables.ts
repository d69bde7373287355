import type { Migration } from '../platform/db/migrate.ts';
import { PROOF_DDL } from '../platform/indexer/proof.ts';

export const tabMigrations: readonly Migration[] = [
	{
		name: 'tab.0001',
		sql: `
create schema tab;

-- Money set aside for a key, see ITabs.sol. A key serves one tab per currency and never another: rows stay.
create table tab.tabs (
	account text not null,
	key text not null,
	currency text not null,
	-- All that was ever put in, and what is not spent yet.
	put_in numeric(78) not null,
	remaining numeric(78) not null,
	-- The only shop where it may be spent.
	shop_id numeric(78),
	operator_id integer not null,
	valid_until bigint not null,
	closing boolean not null default false,
	-- Settlements so far.
	epoch integer not null default 0,
	-- What one side claims of it alone, no longer part of what remains, and from when on it is paid.
	claimed numeric(78) not null default 0,
	payable_from bigint,
	-- The transaction that gave back what was left.
	released_in text,
	${PROOF_DDL},
	primary key (account, key, currency)
);
create index on tab.tabs (valid_until) where released_in is null and remaining + claimed > 0;
`,
	},
];

/** Everything the projection writes, for undo, rebuild and comparison. */
export const tabTables = ['tab.tabs'] as const;
