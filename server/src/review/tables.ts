import type { Migration } from '../platform/db/migrate.ts';
import { PROOF_DDL } from '../platform/indexer/proof.ts';

export const reviewMigrations: readonly Migration[] = [
	{
		name: 'review.0001',
		sql: `
create schema review;

-- 'valid' is false when the content does not read as a review: such reviews are neither shown nor counted.
create table review.reviews (
	order_id text not null,
	of_seller boolean not null,
	listing_id numeric(78) not null,
	shop_id numeric(78) not null,
	author text not null,
	rating smallint not null,
	valid boolean not null,
	body text not null,
	${PROOF_DDL},
	primary key (order_id, of_seller)
);
create index on review.reviews (listing_id, block_number desc, log_index desc) where of_seller and valid;
create index on review.reviews (shop_id, block_number desc, log_index desc) where of_seller and valid;

create table review.replies (
	order_id text not null,
	of_seller boolean not null,
	author text not null,
	valid boolean not null,
	body text not null,
	${PROOF_DDL},
	primary key (order_id, of_seller)
);

-- How many buyers gave one to five stars; subjects are 'listing' and 'shop'.
create table review.ratings (
	subject text not null,
	id numeric(78) not null,
	s1 bigint not null,
	s2 bigint not null,
	s3 bigint not null,
	s4 bigint not null,
	s5 bigint not null,
	primary key (subject, id)
);
`,
	},
];

/** Everything the projection writes, for undo, rebuild and comparison. */
export const reviewTables = ['review.reviews', 'review.replies', 'review.ratings'] as const;
