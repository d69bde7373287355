import type { Migration } from '../../platform/db/migrate.ts';

/** Private speech: written by people, never by a projection, so no rebuild of the tables touches it. */
export const messageMigrations: readonly Migration[] = [
	{
		name: 'social.0001',
		sql: `
create schema social_private;

-- Counts up with every message of the market: a place in every inbox at once.
create sequence social_private.touched;

-- One per buyer, shop and tenure: whoever takes a shop over begins with none.
create table social_private.conversations (
	id uuid primary key default gen_random_uuid(),
	buyer text not null,
	shop_id numeric(78) not null,
	tenure numeric(78) not null,
	opened_at bigint not null,
	touched bigint not null default 0,
	last_seq integer not null default 0,
	last_hash text,
	buyer_read integer not null default 0,
	shop_read integer not null default 0,
	buyer_blocks boolean not null default false,
	shop_blocks boolean not null default false,
	assignee text,
	buyer_locale text,
	-- The question that the buyer waits to have answered.
	waiting_since bigint,
	waiting_seq integer,
	unique (buyer, shop_id, tenure)
);
create index on social_private.conversations (buyer, touched desc) where last_seq > 0;
create index on social_private.conversations (shop_id, tenure, touched desc) where last_seq > 0;

create table social_private.messages (
	conversation_id uuid not null references social_private.conversations (id),
	seq integer not null,
	-- 256 bits from the sender's device.
	id text not null,
	hash text not null,
	previous text,
	side text not null check (side in ('buyer', 'shop')),
	author text not null,
	at bigint not null,
	body text not null,
	picture text,
	card_kind text check (card_kind in ('order', 'listing')),
	card_id text,
	primary key (conversation_id, seq),
	unique (conversation_id, author, id)
);

-- How long questions waited: facts without words.
create table social_private.answers (
	conversation_id uuid not null references social_private.conversations (id),
	asked_seq integer not null,
	shop_id numeric(78) not null,
	tenure numeric(78) not null,
	buyer text not null,
	asked_at bigint not null,
	answered_at bigint not null,
	primary key (conversation_id, asked_seq)
);
create index on social_private.answers (shop_id, tenure, answered_at);

-- Which pictures may be fetched from which conversation.
create table social_private.pictures (
	conversation_id uuid not null references social_private.conversations (id),
	cid text not null,
	uploaded_by text not null,
	uploaded_at timestamptz not null default now(),
	primary key (conversation_id, cid)
);

create table social_private.quick_replies (
	shop_id numeric(78) not null,
	tenure numeric(78) not null,
	replies text not null,
	primary key (shop_id, tenure)
);
`,
	},
];
