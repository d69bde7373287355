import type { Migration } from '../platform/db/migrate.ts';
import { PROOF_DDL } from '../platform/indexer/proof.ts';

export const accountMigrations: readonly Migration[] = [
	{
		name: 'account.0001',
		sql: `
create schema account;

-- Passkeys that browsers told of. Grants nothing: whoever signs in must show the key.
create table account.passkey (
	credential_id text primary key,
	x text not null,
	y text not null,
	signer text not null unique,
	-- The account that this passkey alone would have.
	address text not null,
	-- An account whose session registered it as a further signer; it counts once the chain agrees.
	offered_to text,
	label text not null,
	created_at timestamptz not null default now()
);
create index on account.passkey (address);
create index on account.passkey (offered_to);

-- Only the hash of a session's token is kept: who reads this table can sign in as nobody.
create table account.session (
	token_hash text primary key,
	address text not null,
	kind text not null check (kind in ('passkey', 'wallet')),
	credential_id text,
	created_at timestamptz not null default now(),
	expires_at timestamptz not null
);
create index on account.session (address);
create index on account.session (expires_at);

create table account.challenge (
	challenge text primary key,
	-- What a sign-in message can hold of it.
	nonce text not null unique,
	expires_at timestamptz not null
);
create index on account.challenge (expires_at);
`,
	},
	{
		name: 'account.0002',
		sql: `
-- Public keys stand on the chain for all to see: a stranger who names one first must not keep its owner out.
alter table account.passkey drop constraint passkey_signer_key;
create index on account.passkey (signer);
-- When an assertion first proved that this credential holds this key.
alter table account.passkey add column proven_at timestamptz;
`,
	},
	{
		name: 'account.0003',
		sql: `
-- The account that this passkey itself asked to enter, by signature; it counts as long as the chain agrees.
alter table account.passkey add column chosen text;
create index on account.passkey (chosen);
alter table account.passkey add column last_used_at timestamptz;
-- How often the account had been recovered when the session began: a recovery ends all earlier ones.
alter table account.session add column recoveries integer not null default 0;

-- Where a new device and the one that lets it in meet. Proves nothing.
create table account.device_request (
	id text primary key,
	account text,
	expires_at timestamptz not null
);
create index on account.device_request (expires_at);

create table account.guardian (
	account text not null,
	guardian text not null,
	weight smallint not null,
	primary key (account, guardian)
);
create index on account.guardian (guardian);

create table account.recovery (
	account text not null,
	round bigint not null,
	-- Hash of signers and threshold.
	proposal text not null,
	signers jsonb not null,
	threshold numeric(20) not null,
	approvals jsonb not null,
	opposed jsonb not null,
	state text not null,
	-- When the first approval was given that still counts. Unix seconds.
	gathered_since bigint not null,
	executable_at bigint,
	${PROOF_DDL},
	primary key (account, round, proposal)
);
create index on account.recovery (account) where state = 'pending';

create table account.recovered (
	account text primary key,
	times integer not null
);
`,
	},
	{
		name: 'account.0004',
		sql: `
-- Who was seen to sign for which account. A hint for lists: the chain is asked before anything is shown.
create table account.treasury_signer (
	treasury text not null,
	signer text not null,
	primary key (treasury, signer)
);
create index on account.treasury_signer (signer);

-- An operation that several people sign. Kept here alone: what is not signed by enough of them is on no chain.
create table account.round (
	id text primary key,
	treasury text not null,
	operation jsonb not null,
	proposer text not null,
	created_at timestamptz not null default now(),
	valid_until bigint not null,
	state text not null default 'open' check (state in ('open', 'done', 'dropped')),
	failure text,
	transaction_hash text
);
create index on account.round (treasury, created_at desc);
create index on account.round (id) where state = 'open';

create table account.round_signature (
	round_id text not null references account.round (id) on delete cascade,
	signer text not null,
	signature text not null,
	signed_at timestamptz not null default clock_timestamp(),
	primary key (round_id, signer)
);
`,
	},
];

/** Everything the projection writes, for undo, rebuild and comparison. */
export const accountTables = ['account.guardian', 'account.recovery', 'account.recovered'] as const;
