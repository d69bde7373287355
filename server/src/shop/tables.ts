import type { Migration } from '../platform/db/migrate.ts';
import { PROOF_DDL } from '../platform/indexer/proof.ts';

export const shopMigrations: readonly Migration[] = [
	{
		name: 'shop.0001',
		sql: `
create extension if not exists pg_trgm;
create schema shop;

-- A shop as it is now. 'valid' is false while its profile does not read as one; such shops are not shown.
create table shop.shops (
	shop_id numeric(78) primary key,
	slug text not null unique,
	owner text not null,
	payout text not null,
	tenure numeric(78) not null default 0,
	valid boolean not null,
	profile text not null,
	search text not null,
	opened_at bigint not null,
	completed_orders bigint not null default 0,
	listing_count bigint not null default 0,
	${PROOF_DDL}
);
create index on shop.shops (owner);
create index on shop.shops using gin (search gin_trgm_ops);

-- Roles of the present tenure only.
create table shop.staff (
	shop_id numeric(78) not null,
	account text not null,
	roles smallint not null,
	primary key (shop_id, account)
);
create index on shop.staff (account);

-- The latest version of each listing.
create table shop.listings (
	listing_id numeric(78) primary key,
	shop_id numeric(78) not null,
	version bigint not null,
	valid boolean not null,
	listed boolean not null,
	category text not null,
	kind text not null,
	body text not null,
	search text not null,
	currency text not null,
	min_price numeric(78) not null,
	price_varies boolean not null,
	sold numeric(78) not null default 0,
	published_at bigint not null,
	updated_at bigint not null,
	${PROOF_DDL}
);
create index on shop.listings (shop_id);
create index on shop.listings (published_at desc, listing_id desc) where valid and listed;
create index on shop.listings (sold desc, listing_id desc) where valid and listed;
create index on shop.listings using gin (search gin_trgm_ops);

-- Every version ever published, with its exact bytes and terms.
create table shop.listing_versions (
	listing_id numeric(78) not null,
	version bigint not null,
	valid boolean not null,
	content bytea not null,
	body text not null,
	terms text not null,
	${PROOF_DDL},
	primary key (listing_id, version)
);

-- What can be bought now: the contract's slot of each variant. 281474976710655 pieces mean unlimited.
create table shop.offers (
	offer_id numeric(78) primary key,
	listing_id numeric(78) not null,
	variant integer not null,
	version bigint not null,
	terms text not null,
	stock numeric(78) not null
);
create index on shop.offers (listing_id);

-- Orders as far as a shop's standing needs them.
create table shop.sales (
	order_id text primary key,
	shop_id numeric(78) not null,
	listing_id numeric(78) not null,
	quantity numeric(78) not null,
	to_ship boolean not null,
	shipped boolean not null default false,
	late boolean not null default false,
	disputed boolean not null default false,
	completed boolean not null default false
);
create index on shop.sales (shop_id);
`,
	},
	{
		name: 'shop.0002',
		sql: `
-- Every profile a shop ever had: which tax table was in force when. Filled from the chain; an older database needs a rebuild.
create table shop.profile_versions (
	shop_id numeric(78) not null,
	valid boolean not null,
	profile text not null,
	${PROOF_DDL},
	primary key (shop_id, block_number, log_index)
);
`,
	},
	{
		name: 'shop.0003',
		sql: `
-- What protects a shop's money, see ITreasury.sol. 'cold' null: not guarded. Amounts by token, as text.
alter table shop.shops add column cold text;
alter table shop.shops add column caps jsonb not null default '{}';
-- A guard that may be applied from 'readyAt' on: cold, caps in the order they were given, readyAt.
alter table shop.shops add column proposal jsonb;
alter table shop.staff add column limits jsonb not null default '{}';

-- What staff took on the latest day on which they took anything; days since 1970, UTC.
create table shop.takings (
	shop_id numeric(78) not null,
	account text not null,
	currency text not null,
	day bigint not null,
	amount numeric(78) not null,
	primary key (shop_id, account, currency)
);
`,
	},
	{
		name: 'shop.0004',
		sql: `
-- Units of a listing that one account may have, and until when an offer's stock is kept for buyers of one operator. Filled from the chain; an older database needs a rebuild.
alter table shop.listings add column per_account integer;
alter table shop.offers add column pledged_to bigint;
alter table shop.offers add column pledged_until bigint;
`,
	},
	{
		name: 'shop.0005',
		sql: `
-- Flash deals: the listing one is of, the offer its pieces come from, pieces per buyer (0: no limit). Its end is 'pledged_until', its operator 'pledged_to' (0: anybody may buy).
alter table shop.listings add column deal_of numeric(78);
alter table shop.offers add column deal_from numeric(78);
alter table shop.offers add column deal_per_buyer bigint;
`,
	},
	{
		name: 'shop.0006-waits',
		sql: `
-- Who wants to be told when there are pieces of an offer again, and since when it was told, Unix seconds. Theirs, so no rebuild touches it.
create table shop.waits (
	account text not null,
	offer_id numeric(78) not null,
	at bigint not null,
	told_at bigint,
	seen boolean not null default false,
	primary key (account, offer_id)
);
create index on shop.waits (offer_id) where told_at is null;
create index on shop.waits (told_at) where told_at is not null;
`,
	},
];

/** Everything the projection writes, for undo, rebuild and comparison. */
export const shopTables = [
	'shop.shops',
	'shop.staff',
	'shop.listings',
	'shop.listing_versions',
	'shop.offers',
	'shop.sales',
	'shop.profile_versions',
	'shop.takings',
] as const;
