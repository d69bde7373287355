import type { Migration } from '../platform/db/migrate.ts';
import { PROOF_DDL } from '../platform/indexer/proof.ts';

export const operatorMigrations: readonly Migration[] = [
	{
		name: 'operator.0001',
		sql: `
create schema if not exists operator;

create table operator.operators (
	operator_id bigint primary key,
	owner text not null,
	signer text not null,
	${PROOF_DDL}
);

-- What an operator has posted of a currency, and what of it may leave from when on.
create table operator.bonds (
	operator_id bigint not null,
	currency text not null,
	amount numeric(78) not null,
	leaving numeric(78),
	leaves_at bigint,
	primary key (operator_id, currency)
);

-- Every time an operator was caught breaking its word, also several times for the same. 'subject': an order's id, or what names the state of a tab.
create table operator.catches (
	operator_id bigint not null,
	kind text not null,
	subject text not null,
	account text not null,
	currency text not null,
	compensation numeric(78) not null,
	to_treasury numeric(78) not null,
	${PROOF_DDL},
	primary key (block_number, log_index)
);
create index on operator.catches (subject);
`,
	},
];

/** Everything the projection writes, for undo, rebuild and comparison. */
export const operatorTables = ['operator.operators', 'operator.bonds', 'operator.catches'] as const;
