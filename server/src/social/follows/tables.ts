import type { Migration } from '../../platform/db/migrate.ts';

export const followMigrations: readonly Migration[] = [
	{
		name: 'social.0004-follows',
		sql: `
-- Which shops an account wants to hear of. Nobody else's business: written by the account, counted for nobody.
create table social_private.follows (
	account text not null,
	shop_id numeric(78) not null,
	at bigint not null,
	primary key (account, shop_id)
);
create index on social_private.follows (shop_id);

-- Shows whose shop's followers have been put among those who are told.
create table social_private.follow_news (
	show_id text primary key
);
`,
	},
	{
		name: 'social.0005-follow-rounds',
		sql: `
-- When a shop's followers were told last, Unix seconds: a shop that begins a show every minute tells them once.
create table social_private.follow_rounds (
	shop_id numeric(78) primary key,
	at bigint not null
);
`,
	},
];
