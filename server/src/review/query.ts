import type { RatingSummary } from '@kaishi/protocol/review';
import type { Queryable } from '../platform/db/database.ts';
import { decodeCursor } from '../platform/db/page.ts';
import type { ProofRow } from '../platform/indexer/proof.ts';

export interface ReviewRow extends ProofRow {
	order_id: string;
	of_seller: boolean;
	listing_id: string;
	shop_id: string;
	author: string;
	rating: number;
	body: string;
	reply_body: string | null;
	/** `proof` columns of the reply, when there is a readable one. */
	reply_block_number: number;
	reply_block_hash: string;
	reply_transaction_hash: string;
	reply_log_index: number;
	reply_at: number;
	reply_contract: string;
	reply_event: string;
}

const REVIEW = `select r.order_id, r.of_seller, r.listing_id, r.shop_id, r.author, r.rating, r.body,
	r.block_number, r.block_hash, r.transaction_hash, r.log_index, r.at, r.contract, r.event,
	p.body as reply_body, p.block_number as reply_block_number, p.block_hash as reply_block_hash, p.transaction_hash as reply_transaction_hash,
	p.log_index as reply_log_index, p.at as reply_at, p.contract as reply_contract, p.event as reply_event
	from review.reviews r left join review.replies p on p.order_id = r.order_id and p.of_seller = r.of_seller and p.valid`;

/** Both directions, as far as there are any. */
export async function reviewsOfOrder(db: Queryable, orderId: string): Promise<ReviewRow[]> {
	return (await db.query<ReviewRow>(`${REVIEW} where r.order_id = $1 and r.valid`, [orderId])).rows;
}

/** What buyers say, newest first, one more than `limit`. */
export async function listReviews(
	db: Queryable,
	subject: 'listing' | 'shop',
	id: string,
	cursor: string | null | undefined,
	limit: number,
): Promise<ReviewRow[]> {
	const after = decodeCursor(cursor, ['bigint', 'int']);
	const { rows } = await db.query<ReviewRow>(
		`${REVIEW} where r.${subject}_id = $1 and r.of_seller and r.valid and ($2::bigint is null or (r.block_number, r.log_index) < ($2, $3))
		 order by r.block_number desc, r.log_index desc limit $4`,
		[id, after?.[0] ?? null, after?.[1] ?? null, limit + 1],
	);
	return rows;
}

interface RatingRow {
	id: string;
	s1: number;
	s2: number;
	s3: number;
	s4: number;
	s5: number;
}

export async function ratingsOf(db: Queryable, subject: 'listing' | 'shop', ids: readonly string[]): Promise<Map<string, RatingSummary>> {
	if (ids.length === 0) return new Map();
	const { rows } = await db.query<RatingRow>('select id, s1, s2, s3, s4, s5 from review.ratings where subject = $1 and id = any($2::numeric[])', [
		subject,
		ids,
	]);
	return new Map(rows.map((row) => [row.id, toSummary(row)]));
}

function toSummary({ s1, s2, s3, s4, s5 }: RatingRow): RatingSummary {
	const histogram: RatingSummary['histogram'] = [s1, s2, s3, s4, s5];
	const count = s1 + s2 + s3 + s4 + s5;
	const stars = histogram.reduce((sum, n, i) => sum + n * (i + 1), 0);
	return { count, average: count === 0 ? null : Math.round((stars / count) * 10) / 10, histogram };
}

export async function countReviews(db: Queryable): Promise<number> {
	return (await db.query<{ n: number }>('select count(*) as n from review.reviews where valid')).rows[0]?.n ?? 0;
}

/** How many buyers a shop has reviewed. */
export async function countByShop(db: Queryable, shopId: string): Promise<number> {
	return (await db.query<{ n: number }>('select count(*) as n from review.reviews where shop_id = $1 and not of_seller', [shopId])).rows[0]?.n ?? 0;
}
