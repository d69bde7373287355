import type { Migration } from '../platform/db/migrate.ts';
import { PROOF_DDL } from '../platform/indexer/proof.ts';

export const orderMigrations: readonly Migration[] = [
	{
		name: 'order.0001',
		sql: `
create schema "order";

-- Orders as they are now, with everything needed to bring the whole agreement back to the contract.
create table "order".orders (
	order_id text primary key,
	offer_id numeric(78) not null,
	listing_id numeric(78) not null,
	shop_id numeric(78) not null,
	-- The vault account that the shop's money goes to.
	shop_account text not null,
	variant integer not null,
	version bigint not null,
	terms text not null,
	currency text not null,
	arbitrator text not null,
	buyer text not null,
	quantity numeric(78) not null,
	affiliate text not null,
	fee_bps integer not null,
	total numeric(78) not null,
	details_hash text not null,
	valid_before numeric(78) not null,
	salt text not null,
	state text not null,
	deadline bigint not null,
	step bigint not null default 0,
	-- Not 0 once the sale is completed and only the warranty reserve is left in escrow.
	warranty_end bigint not null default 0,
	-- What the buyer last asked for, whether the terms grant it by themselves, and who went to court.
	remedy text not null default 'refund',
	bps integer not null default 0,
	by_right boolean not null default false,
	exchanged boolean not null default false,
	opener text not null default 'buyer',
	-- What the escrow still holds.
	held numeric(78) not null,
	-- How often the seller and the shares have been paid: a warranty reserve is paid out on its own.
	payouts smallint not null default 0,
	placed_at bigint not null,
	shipped_at bigint,
	ended_at bigint,
	tracking_hash text,
	-- Of the last request or dispute, and of the parcel sent back.
	reason_hash text,
	return_hash text,
	seller_amount numeric(78),
	buyer_amount numeric(78),
	late boolean not null default false,
	${PROOF_DDL}
);
create index on "order".orders (buyer, placed_at desc, order_id);
create index on "order".orders (shop_id, placed_at desc, order_id);
create index on "order".orders (arbitrator) where state = 'disputed';
-- What waits has a deadline.
create index on "order".orders (deadline) where deadline > 0;
create index on "order".orders (placed_at);

-- What happened to each order, step by step.
create table "order".events (
	order_id text not null,
	kind text not null,
	by_account text not null,
	cause smallint,
	-- Until when the new state waits, what was asked for, and the note that belongs to the step.
	deadline bigint,
	remedy text,
	bps integer,
	by_right boolean,
	note_hash text,
	${PROOF_DDL},
	primary key (block_number, log_index)
);
create index on "order".events (order_id);

-- Shares paid besides the seller's.
create table "order".shares (
	order_id text not null,
	kind text not null,
	-- Of which payout, and which of the agreed shares it was, counted from zero.
	payout smallint not null,
	place integer not null,
	account text not null,
	currency text not null,
	amount numeric(78) not null,
	block_number bigint not null,
	log_index integer not null,
	primary key (block_number, log_index)
);
create index on "order".shares (order_id);
create index on "order".shares (currency) where kind = 'fee';

-- Balances inside the market; negative only between two events of one transaction.
create table "order".balances (
	account text not null,
	currency text not null,
	amount numeric(78) not null,
	primary key (account, currency)
);

-- Every movement of a balance.
create table "order".ledger (
	account text not null,
	currency text not null,
	amount numeric(78) not null,
	kind text not null,
	order_id text,
	${PROOF_DDL},
	primary key (block_number, log_index, account)
);
create index on "order".ledger (account, block_number desc, log_index desc);

-- Not derived from the chain: what only the parties may know, and what the chain holds hashes of.
create schema order_private;
create table order_private.notes (
	order_id text not null,
	kind text not null check (kind in ('delivery', 'tracking', 'reason', 'return')),
	hash text not null,
	salt text not null,
	body text not null,
	stored_at timestamptz not null default now(),
	primary key (order_id, kind, hash)
);
create index on order_private.notes (stored_at);
-- Pictures that belong to reasons.
create table order_private.pictures (
	order_id text not null,
	cid text not null,
	by_account text not null,
	stored_at timestamptz not null default now(),
	primary key (order_id, cid)
);
-- Signed offers of a split. Good at one step of one order, and for a while.
create table order_private.offers (
	order_id text not null,
	by_account text not null,
	side text not null check (side in ('buyer', 'seller')),
	buyer_bps integer not null,
	step bigint not null,
	valid_before bigint not null,
	signature text not null,
	at bigint not null,
	primary key (order_id, by_account, step, buyer_bps)
);
create table order_private.downloads (
	listing_id numeric(78) primary key,
	file text not null,
	name text not null,
	bytes bigint not null,
	sha256 text not null,
	stored_at timestamptz not null default now()
);
`,
	},
];

/** Everything the projection writes, for undo, rebuild and comparison. */
export const orderTables = ['order.orders', 'order.events', 'order.shares', 'order.balances', 'order.ledger'] as const;
