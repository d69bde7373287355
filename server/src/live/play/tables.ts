import type { Migration } from '../../platform/db/migrate.ts';
import { PROOF_DDL } from '../../platform/indexer/proof.ts';

export const playMigrations: readonly Migration[] = [
	{
		name: 'live.play.0001',
		sql: `
-- Pots that name a show, see IPots.sol: folded from the chain.
create table live.pots (
	pot_id numeric(78) primary key,
	show_id text not null,
	host text not null,
	currency text not null,
	amount numeric(78) not null,
	kind text not null check (kind in ('even', 'lucky', 'draw')),
	places integer not null,
	-- Unix seconds.
	entries_until bigint not null,
	reveal_until bigint not null,
	operator_id integer not null,
	commitment text not null,
	entries integer not null default 0,
	candidates integer not null default 0,
	-- The block whose hash decides instead of the host.
	armed_block numeric(78),
	decided_by_host boolean,
	-- What went back to the host; null while it is not over.
	returned numeric(78),
	closed_in text,
	${PROOF_DDL}
);
create index on live.pots (show_id, pot_id desc);
create index on live.pots (reveal_until) where returned is null;

create table live.pot_entries (
	pot_id numeric(78) not null,
	account text not null,
	place integer not null,
	-- Null: wants no say.
	commitment text,
	revealed boolean not null default false,
	-- In the order of payment.
	paid_place integer,
	won numeric(78),
	primary key (pot_id, account)
);
create index on live.pot_entries (pot_id, paid_place) where won is not null;

-- Whom a host lets in, as it said before it opened the pot.
create table live.pot_rules (
	commitment text primary key,
	show_id text not null,
	rule text not null,
	by_account text not null
);
`,
	},
	{
		name: 'live.play.0002',
		sql: `
-- A block decides every pot of chance; the host has a say in it or not.
alter table live.pots add column armed_at bigint, add column with_host boolean, drop column decided_by_host;
create index on live.pots (pot_id) where returned is null and kind = 'lucky';
`,
	},
];

/** Everything the projection writes, for undo, rebuild and comparison. */
export const playTables = ['live.pots', 'live.pot_entries'] as const;
