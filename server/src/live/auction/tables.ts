import type { Migration } from '../../platform/db/migrate.ts';
import { PROOF_DDL } from '../../platform/indexer/proof.ts';

export const auctionMigrations: readonly Migration[] = [
	{
		name: 'auction.0001',
		sql: `
create schema auction;

create table auction.auctions (
	auction_id numeric(20) primary key,
	offer_id numeric(78) not null,
	listing_id numeric(78) not null,
	shop_id numeric(78) not null,
	variant integer not null,
	version bigint not null,
	currency text not null,
	is_sealed boolean not null,
	start_price numeric(78) not null,
	increment numeric(78) not null,
	shipping_price numeric(78) not null,
	starts_at bigint not null,
	first_end bigint not null,
	ends_at bigint not null,
	latest_end bigint not null,
	extend_seconds integer not null,
	status text not null default 'running' check (status in ('running', 'sold', 'unsold', 'withdrawn')),
	price numeric(78) not null,
	leader text,
	leader_key text,
	-- The leader's bid, delivery or deposit included: in no purse.
	held numeric(78) not null default 0,
	bids integer not null default 0,
	shown integer not null default 0,
	order_id text,
	${PROOF_DDL}
);
create index on auction.auctions (listing_id, auction_id desc);
create index on auction.auctions (ends_at) where status = 'running';

create table auction.bids (
	auction_id numeric(20) not null,
	account text not null,
	-- What the piece cost after it; null: sealed.
	price numeric(78),
	${PROOF_DDL},
	primary key (block_number, log_index)
);
create index on auction.bids (auction_id, block_number desc, log_index desc);

-- Deposits of sealed bids that are not shown.
create table auction.sealed (
	auction_id numeric(20) not null,
	account text not null,
	key text not null,
	deposit numeric(78) not null,
	primary key (auction_id, account)
);

create table auction.purses (
	account text not null,
	key text not null,
	currency text not null,
	-- Not held for a bid.
	remaining numeric(78) not null,
	valid_until bigint not null,
	primary key (account, key, currency)
);
create index on auction.purses (valid_until) where remaining > 0;
`,
	},
];

/** Everything the projection writes, for undo, rebuild and comparison. */
export const auctionTables = ['auction.auctions', 'auction.bids', 'auction.sealed', 'auction.purses'] as const;
