import type { Migration } from '../platform/db/migrate.ts';

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
];
