import type { Migration } from '../platform/db/migrate.ts';

export const discoveryMigrations: readonly Migration[] = [
	{
		name: 'discovery.0001',
		sql: `
create schema discovery;

-- What the community has set: the protocol fee, and whom and what new orders may name.
create table discovery.fee (
	id smallint primary key check (id = 1),
	fee_bps integer not null,
	recipient text not null
);
create table discovery.allowed (
	kind text not null check (kind in ('currency', 'arbitrator')),
	address text not null,
	allowed boolean not null,
	primary key (kind, address)
);
`,
	},
];

/** Everything the projection writes, for undo, rebuild and comparison. */
export const discoveryTables = ['discovery.fee', 'discovery.allowed'] as const;
