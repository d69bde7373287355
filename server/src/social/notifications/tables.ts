import type { Migration } from '../../platform/db/migrate.ts';

export const notificationMigrations: readonly Migration[] = [
	{
		name: 'social.0002',
		sql: `
create schema social;

-- What happened to orders, for the side that did not do it. 'event' is the contract's.
create table social.notifications (
	block_number bigint not null,
	log_index integer not null,
	side text not null check (side in ('buyer', 'shop')),
	order_id text not null,
	buyer text not null,
	shop_id numeric(78) not null,
	event text not null,
	cause smallint,
	at bigint not null,
	primary key (block_number, log_index, side)
);
create index on social.notifications (buyer, block_number desc, log_index desc) where side = 'buyer';
create index on social.notifications (shop_id, block_number desc, log_index desc) where side = 'shop';

-- How far each person has looked: theirs, so no rebuild touches it.
create table social_private.notification_reads (
	account text primary key,
	block_number bigint not null,
	log_index integer not null
);
`,
	},
	{
		name: 'social.0003',
		sql: `
-- Browsers that may be told things while no page is open, each its account's.
create table social_private.push_subscriptions (
	endpoint text primary key,
	account text not null,
	p256dh text not null,
	auth text not null,
	locale text not null,
	kept_at timestamptz not null default now()
);
create index on social_private.push_subscriptions (account, kept_at desc);
`,
	},
];

/** Everything the projection writes, for undo, rebuild and comparison. */
export const notificationTables = ['social.notifications'] as const;
