import type { Migration } from '../db/migrate.ts';

/**
 * Who leads the servers of a market. `require_term` ends the statement it stands in unless `term` is the current one, and
 * until the transaction ends nobody can begin the next one. A writer that falls asleep in its transaction is cut off
 * after a second: a new leader waits for it no longer.
 */
export const clusterMigrations: readonly Migration[] = [
	{
		name: 'cluster.0001',
		sql: `
create schema cluster;
create table cluster.leader (
	id smallint primary key default 1 check (id = 1),
	term bigint not null default 0,
	url text not null default '',
	since timestamptz not null default now()
);
insert into cluster.leader default values;
create function cluster.require_term(expected bigint) returns boolean language plpgsql as $$
begin
	perform set_config('idle_in_transaction_session_timeout', '1000', true);
	perform 1 from cluster.leader where term = expected for share;
	if not found then
		raise exception 'term % is over', expected using errcode = 'KS001';
	end if;
	return true;
end $$;
`,
	},
];
