import type { Migration } from '../platform/db/migrate.ts';
import { PROOF_DDL } from '../platform/indexer/proof.ts';

export const disputeMigrations: readonly Migration[] = [
	{
		name: 'dispute.0001',
		sql: `
create schema dispute;

-- A dispute before the house court. 'fee' of each side: zero where the insurance stands in. 'executed' is null while it goes on.
create table dispute.cases (
	dispute_id numeric(78) primary key,
	order_id text not null,
	buyer text not null,
	shop_id numeric(78) not null,
	shop_account text not null,
	currency text not null,
	at_stake numeric(78) not null,
	fee_per_juror numeric(78) not null,
	opener text not null,
	tier smallint not null,
	insured boolean not null,
	joined boolean not null default false,
	phase text not null,
	round smallint not null default 0,
	deadline bigint not null default 0,
	ruling text,
	outcome text,
	executed boolean,
	buyer_cost numeric(78),
	seller_cost numeric(78),
	-- the block in which too few jurors were found, until a panel is drawn
	postponed_at bigint,
	${PROOF_DDL}
);
create index on dispute.cases (order_id, dispute_id desc);
create index on dispute.cases (phase, deadline);

create table dispute.rounds (
	dispute_id numeric(78) not null,
	round smallint not null,
	seats smallint not null default 0,
	commits smallint not null default 0,
	reveals smallint not null default 0,
	for_buyer smallint not null default 0,
	for_seller smallint not null default 0,
	for_even smallint not null default 0,
	ruling text,
	settled boolean not null default false,
	gain numeric(78) not null default 0,
	raised_buyer numeric(78) not null default 0,
	raised_seller numeric(78) not null default 0,
	primary key (dispute_id, round)
);

create table dispute.seats (
	dispute_id numeric(78) not null,
	round smallint not null,
	seat smallint not null,
	juror text not null,
	commitment text,
	vote text,
	reason text not null default '',
	fee numeric(78),
	gain numeric(78) not null default 0,
	at bigint not null,
	primary key (dispute_id, round, seat)
);
create index on dispute.seats (juror, at desc);

-- Panels are drawn in the order of their tickets.
create table dispute.tickets (
	ticket bigint primary key,
	dispute_id numeric(78) not null,
	round smallint not null,
	pinned_block bigint not null,
	done boolean not null default false
);

create table dispute.contributions (
	dispute_id numeric(78) not null,
	round smallint not null,
	side text not null,
	contributor text not null,
	amount numeric(78) not null,
	returned numeric(78),
	primary key (dispute_id, round, side, contributor)
);

create table dispute.evidence (
	dispute_id numeric(78) not null,
	party text not null,
	uri text not null,
	${PROOF_DDL},
	primary key (block_number, log_index)
);
create index on dispute.evidence (dispute_id);

create table dispute.jurors (
	juror text primary key,
	stake numeric(78) not null,
	locked numeric(78) not null,
	active boolean not null,
	changed_block bigint not null
);

create table dispute.insurances (
	order_id text primary key,
	payer text not null,
	currency text not null,
	premium numeric(78) not null,
	reserved numeric(78),
	cost numeric(78)
);

create table dispute.tariffs (
	currency text primary key,
	min_fee numeric(78) not null,
	fee_bps integer not null,
	small_below numeric(78) not null,
	medium_below numeric(78) not null
);

create table dispute.timings (
	tier smallint primary key,
	evidence_seconds integer not null,
	commit_seconds integer not null,
	reveal_seconds integer not null,
	appeal_seconds integer not null
);

-- What the court says it pays, so that the ledger can name the movement that follows.
create table dispute.payments (
	block_number bigint not null,
	log_index integer not null,
	transaction_hash text not null,
	account text not null,
	kind text not null,
	order_id text not null,
	primary key (block_number, log_index, account)
);
create index on dispute.payments (transaction_hash);

create schema dispute_private;

-- Files of both sides; what is sealed is ciphertext, whose keys only its readers can open.
create table dispute_private.blobs (
	dispute_id numeric(78) not null,
	cid text not null,
	uploader text not null,
	sealed boolean not null,
	bytes integer not null,
	stored_at timestamptz not null default now(),
	primary key (dispute_id, cid)
);

create table dispute_private.sealed_keys (
	dispute_id numeric(78) not null,
	cid text not null,
	reader text not null,
	sealed_by text not null,
	enc text not null,
	ciphertext text not null,
	primary key (dispute_id, cid, reader, sealed_by)
);

create table dispute_private.reading_keys (
	account text primary key,
	public_key text not null,
	signature text not null,
	published_at timestamptz not null default now()
);
`,
	},
	{
		name: 'dispute.0002',
		sql: `
-- A reader may come with another key: what was sealed to the old one stays, and is sealed to the new one as well.
alter table dispute_private.sealed_keys add column public_key text not null default '';
alter table dispute_private.sealed_keys drop constraint sealed_keys_pkey;
alter table dispute_private.sealed_keys add primary key (dispute_id, cid, reader, public_key, sealed_by);
`,
	},
];

/** Everything the projection writes, for undo, rebuild and comparison. */
export const disputeTables = [
	'dispute.cases',
	'dispute.rounds',
	'dispute.seats',
	'dispute.tickets',
	'dispute.contributions',
	'dispute.evidence',
	'dispute.jurors',
	'dispute.insurances',
	'dispute.tariffs',
	'dispute.timings',
	'dispute.payments',
] as const;
