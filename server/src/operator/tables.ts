import type { Migration } from '../platform/db/migrate.ts';

/** What this operator promised. Not derived from the chain: the promise comes first. */
export const journalMigrations: readonly Migration[] = [
	{
		name: 'operator.journal.0001',
		sql: `
create schema if not exists operator;
-- One row per receipt, written before the receipt is handed out. 'intent' is the order and its signature as they came.
create table operator.promises (
	position bigint primary key,
	order_id text not null unique,
	account text not null,
	key text not null,
	currency text not null,
	total numeric(78) not null,
	offer_id numeric(78) not null,
	quantity numeric(78) not null,
	piece numeric(78) not null,
	by_block bigint not null,
	intent json not null,
	intent_signature text not null,
	receipt_signature text not null,
	status text not null default 'promised',
	reason text
);
create index on operator.promises (position) where status = 'promised';
create index on operator.promises (offer_id, piece desc) where piece > 0;
`,
	},
];
