import type { Migration } from '../platform/db/migrate.ts';

/**
 * Not derived from the chain: states of tabs that key and operator signed, and what was bought with them. The chain sees one
 * of them per epoch; without the others neither side could show what is owed. Nothing here is ever deleted.
 */
export const channelMigrations: readonly Migration[] = [
	{
		name: 'tab_channel.0001',
		sql: `
create schema tab_channel;

-- One row per settlement of a tab. Only an open one takes purchases.
create table tab_channel.epochs (
	account text not null,
	key text not null,
	token text not null,
	epoch integer not null,
	-- claim: the newest state is to be paid, nothing may follow it. close: both signed the end of the tab. lost: the tab was over first.
	status text not null check (status in ('open', 'claim', 'close', 'paid', 'lost')),
	version bigint not null,
	spent numeric(78) not null,
	opened_at bigint not null,
	primary key (account, key, token, epoch)
);
create index on tab_channel.epochs (status) where status in ('open', 'claim', 'close');

-- The key below is the promise: never two states of one version.
create table tab_channel.states (
	account text not null,
	key text not null,
	token text not null,
	epoch integer not null,
	version bigint not null,
	state text not null,
	payees text not null,
	digest text not null,
	key_signature text not null,
	operator_signature text not null,
	primary key (account, key, token, epoch, version)
);

create table tab_channel.purchases (
	id text primary key,
	account text not null,
	key text not null,
	token text not null,
	epoch integer not null,
	version bigint not null,
	seller text not null,
	listing_id numeric(78),
	amount numeric(78) not null,
	body text not null,
	at bigint not null,
	-- The seller gave it back; the key has not signed for it yet.
	given_back_at bigint,
	refunded_version bigint
);
create index on tab_channel.purchases (account, at desc);
create index on tab_channel.purchases (seller, at desc);
create index on tab_channel.purchases (account, key, token, epoch) where given_back_at is not null and refunded_version is null;
`,
	},
];
