import type { Migration } from '../db/migrate.ts';

/** The indexer's own memory: how far it came, which blocks may still be taken back, and what to put back then. */
export const indexerMigrations: readonly Migration[] = [
	{
		name: 'indexer.0001',
		sql: `
create schema indexer;
create table indexer.cursor (
	id smallint primary key default 1 check (id = 1),
	number bigint not null,
	hash text not null
);
create table indexer.blocks (
	number bigint primary key,
	hash text not null,
	topics text[] not null default '{}'
);
create table indexer.undo (
	seq bigint generated always as identity primary key,
	block bigint not null,
	table_name text not null,
	key jsonb not null,
	before jsonb
);
create index on indexer.undo (block);
create function indexer.remember() returns trigger language plpgsql as $$
declare
	image jsonb := case when tg_op = 'INSERT' then to_jsonb(new) else to_jsonb(old) end;
begin
	insert into indexer.undo (block, table_name, key, before) values (
		current_setting('kaishi.undo_block')::bigint,
		tg_table_schema || '.' || tg_table_name,
		image,
		case when tg_op = 'INSERT' then null else image end
	);
	return null;
end $$;
`,
	},
];
