import type { Migration } from '../platform/db/migrate.ts';

export const liveMigrations: readonly Migration[] = [
	{
		name: 'live.0001',
		sql: `
create schema live;

-- Everything said or done in a show, never changed: what stands below up to 'sales' is a fold of these.
create table live.records (
	show_id text not null,
	seq integer not null,
	kind text not null,
	by_account text,
	-- Milliseconds.
	at bigint not null,
	body text not null,
	previous text,
	hash text not null,
	primary key (show_id, seq)
);

create table live.shows (
	show_id text primary key,
	shop_id numeric(78) not null,
	host text not null,
	co_hosts text[] not null,
	title json not null,
	cover text,
	status text not null check (status in ('scheduled', 'live', 'paused', 'away', 'ended')),
	-- Unix seconds.
	scheduled_at bigint not null,
	started_at bigint,
	ended_at bigint,
	rules json not null,
	words text[] not null,
	moderators text[] not null,
	-- Record of the line that stands above the chat.
	answer integer,
	replay_from bigint,
	replay_ms bigint
);
create index on live.shows (shop_id, scheduled_at desc);
create index on live.shows (status, scheduled_at);

create table live.bag (
	show_id text not null,
	listing_id numeric(78) not null,
	position integer not null,
	primary key (show_id, listing_id)
);

-- What was shown when; 'until' null: now.
create table live.pins (
	show_id text not null,
	seq integer not null,
	listing_id numeric(78) not null,
	deal_offer_id numeric(78),
	auction_id text,
	since bigint not null,
	until bigint,
	primary key (show_id, seq)
);

create table live.lines (
	show_id text not null,
	seq integer not null,
	account text not null,
	name text not null,
	text text not null,
	at bigint not null,
	badge text,
	-- Of the signed line: the same one is not taken twice.
	nonce text not null,
	hidden boolean not null,
	primary key (show_id, seq),
	unique (show_id, account, nonce)
);

-- 'until' null: for good.
create table live.silenced (
	show_id text not null,
	account text not null,
	name text not null,
	until bigint,
	by_account text not null,
	primary key (show_id, account)
);

create table live.sales (
	order_id text primary key,
	show_id text not null,
	account text not null,
	listing_id numeric(78) not null,
	announced boolean not null,
	at bigint not null
);
create index on live.sales (show_id, at desc);

-- Whose words a browser's key says, with the account's signature of it.
create table live.speakers (
	public_key text primary key,
	account text not null,
	name text not null,
	until bigint not null,
	signature text not null
);
create index on live.speakers (account, until desc);

create table live.reminders (
	show_id text not null,
	account text not null,
	told_at bigint,
	primary key (show_id, account)
);
create index on live.reminders (account);

create table live.reports (
	id bigint generated always as identity primary key,
	show_id text not null,
	by_account text not null,
	seq integer,
	reason text not null,
	note text not null,
	at bigint not null
);
create index on live.reports (show_id, id desc);

-- What was counted while a show went on.
create table live.counters (
	show_id text primary key,
	viewers integer not null,
	peak integer not null,
	likes bigint not null,
	visitors integer not null,
	visits integer not null,
	stayed_ms bigint not null
);

create table live.minutes (
	show_id text not null,
	-- Milliseconds, at its start.
	minute bigint not null,
	viewers integer not null,
	joined integer not null,
	lines integer not null,
	likes integer not null,
	taps integer not null,
	primary key (show_id, minute)
);

create table live.taps (
	show_id text not null,
	listing_id numeric(78) not null,
	taps integer not null,
	primary key (show_id, listing_id)
);
`,
	},
	{
		name: 'live.0002-media',
		sql: `
-- Counts up; the key itself is worked out from it.
create table live.stream_keys (
	show_id text primary key,
	generation integer not null
);
`,
	},
	{
		name: 'live.0003-replays',
		sql: `
-- Stretches of time that the recording does not hold: [{ atMs, lostMs }].
alter table live.shows add column replay_gaps json not null default '[]';

create table live.clips (
	clip_id text primary key,
	show_id text not null,
	-- Milliseconds of the replay.
	from_ms integer not null,
	duration_ms integer not null,
	mime text not null,
	bytes bigint not null,
	by_account text not null,
	-- Milliseconds.
	at bigint not null
);
create index on live.clips (show_id, from_ms);
`,
	},
	{
		name: 'live.0005-key-holders',
		sql: `
-- Who has seen a show's stream key of now.
create table live.key_holders (
	show_id text not null,
	account text not null,
	primary key (show_id, account)
);
`,
	},
	{
		name: 'live.0006-clip-pages',
		sql: `
-- A picture out of it, and what was shown in it.
alter table live.clips add column poster text, add column listing_id numeric(78);
`,
	},
	{
		name: 'live.0007-told',
		sql: `
-- Gifts and wins that a room was told of, so that each is told once; 'at': Unix seconds.
create table live.told (
	about text primary key,
	at bigint not null
);
create index on live.told (at);
`,
	},
	{
		name: 'live.0008-accepted',
		sql: `
-- Co-hosts who have said yes.
alter table live.shows add column accepted text[] not null default '{}';
`,
	},
];

/** What the fold of records writes, for rebuild and comparison. */
export const liveTables = ['live.shows', 'live.bag', 'live.pins', 'live.lines', 'live.silenced', 'live.sales'] as const;
