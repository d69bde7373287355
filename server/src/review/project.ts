import { fromContentHex } from '@kaishi/protocol/platform/canonical-json';
import { replyContent, reviewContent } from '@kaishi/protocol/review';
import { listingOfOffer, shopOfListing } from '@kaishi/protocol/shop';
import * as v from 'valibot';
import type { Address, Hex } from 'viem';
import type { Queryable } from '../platform/db/database.ts';
import { isStorable } from '../platform/db/storable.ts';
import type { ChainEvent, Projection } from '../platform/indexer/projection.ts';
import { PROOF_COLUMNS, proofValues } from '../platform/indexer/proof.ts';
import { reviewTables } from './tables.ts';

/** Folds Reviews events into reviews, replies and what the stars add up to. */
export function createReviewProjection(): Projection {
	return {
		domain: 'review',
		tables: reviewTables,
		handlers: { 'Reviews.Reviewed': addReview, 'Reviews.ReviewReplied': addReply },
		topics: topicsOf,
	};
}

interface Reviewed {
	orderId: Hex;
	offerId: bigint;
	author: Address;
	ofSeller: boolean;
	rating: number;
	content: Hex;
}

async function addReview(db: Queryable, event: ChainEvent<Reviewed>): Promise<void> {
	const { orderId, offerId, author, ofSeller, rating, content } = event.args;
	const listingId = listingOfOffer(offerId);
	const review = readContent(reviewContent, content);
	await db.query(
		`insert into review.reviews (order_id, of_seller, listing_id, shop_id, author, rating, valid, body, ${PROOF_COLUMNS})
		 values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
		[
			orderId,
			ofSeller,
			listingId.toString(),
			shopOfListing(listingId).toString(),
			author,
			rating,
			review !== null,
			JSON.stringify(review),
			...proofValues(event),
		],
	);
	if (!ofSeller || review === null) return;
	const stars = [1, 2, 3, 4, 5].map((star) => Number(star === rating));
	await db.query(
		`insert into review.ratings as r (subject, id, s1, s2, s3, s4, s5) values ('listing', $1, $3, $4, $5, $6, $7), ('shop', $2, $3, $4, $5, $6, $7)
		 on conflict (subject, id) do update set s1 = r.s1 + excluded.s1, s2 = r.s2 + excluded.s2, s3 = r.s3 + excluded.s3, s4 = r.s4 + excluded.s4, s5 = r.s5 + excluded.s5`,
		[listingId.toString(), shopOfListing(listingId).toString(), ...stars],
	);
}

async function addReply(db: Queryable, event: ChainEvent<{ orderId: Hex; author: Address; ofSeller: boolean; content: Hex }>): Promise<void> {
	const { orderId, author, ofSeller, content } = event.args;
	const reply = readContent(replyContent, content);
	await db.query(
		`insert into review.replies (order_id, of_seller, author, valid, body, ${PROOF_COLUMNS}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
		[orderId, ofSeller, author, reply !== null, JSON.stringify(reply), ...proofValues(event)],
	);
}

function readContent<T>(schema: v.GenericSchema<unknown, T>, content: Hex): T | null {
	try {
		const parsed = v.safeParse(schema, fromContentHex(content));
		return parsed.success && isStorable(parsed.output) ? parsed.output : null;
	} catch {
		// Not JSON at all: the contract checks who writes, not what.
		return null;
	}
}

async function topicsOf(db: Queryable, event: ChainEvent<never>): Promise<string[]> {
	const { orderId, ofSeller } = event.args as { orderId: Hex; ofSeller: boolean };
	const { rows } = await db.query<{ listing_id: string; shop_id: string }>(
		'select listing_id, shop_id from review.reviews where order_id = $1 and of_seller = $2',
		[orderId, ofSeller],
	);
	return [`order:${orderId}`, ...rows.flatMap((row) => [`listing:${row.listing_id}`, `shop:${row.shop_id}`])];
}
