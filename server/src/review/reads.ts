import type { OrderView } from '@kaishi/protocol/order';
import type { Page } from '@kaishi/protocol/platform/proof';
import type { ReplyContent, ReviewContent, ReviewReads, ReviewView } from '@kaishi/protocol/review';
import type { Address, Hex } from 'viem';
import { describeOrders, type OrderedGoods } from '../order/public.ts';
import type { Queryable } from '../platform/db/database.ts';
import { toPage } from '../platform/db/page.ts';
import { toProof } from '../platform/indexer/proof.ts';
import type { MediaViews } from '../shop/public.ts';
import { listReviews, type ReviewRow, reviewsOfOrder } from './query.ts';

export interface ReviewContext {
	db: Queryable;
	media: MediaViews;
}

const PAGE = 20;

export function createReviewReads(context: ReviewContext): ReviewReads {
	return {
		reviewsOfListing: (listingId, cursor) => page(context, 'listing', listingId, cursor),
		reviewsOfShop: (shopId, cursor) => page(context, 'shop', shopId, cursor),
	};
}

async function page(context: ReviewContext, subject: 'listing' | 'shop', id: string, cursor: string | null | undefined): Promise<Page<ReviewView>> {
	if (!/^\d{1,78}$/.test(id)) return { items: [], next: null };
	const rows = await listReviews(context.db, subject, id, cursor, PAGE);
	const views = await reviewViews(context, rows);
	return toPage(
		rows,
		PAGE,
		(row) => views.get(row) as ReviewView,
		(row) => [row.block_number, row.log_index],
	);
}

/** Both reviews of one order. */
export async function reviewsForOrder(context: ReviewContext, orderId: Hex): Promise<OrderView['reviews']> {
	const rows = await reviewsOfOrder(context.db, orderId);
	const views = await reviewViews(context, rows);
	const of = (seller: boolean) => rows.filter((row) => row.of_seller === seller).map((row) => views.get(row))[0] ?? null;
	return { ofSeller: of(true), ofBuyer: of(false) };
}

async function reviewViews({ db, media }: ReviewContext, rows: readonly ReviewRow[]): Promise<Map<ReviewRow, ReviewView>> {
	if (rows.length === 0) return new Map();
	const contents = new Map(rows.map((row) => [row, JSON.parse(row.body) as ReviewContent]));
	const cids = [...contents.values()].flatMap((content) => content.media);
	const [goods, pictures] = await Promise.all([
		describeOrders(
			db,
			rows.map((row) => row.order_id),
		),
		media(cids),
	]);
	return new Map(rows.map((row) => [row, toReviewView(row, contents.get(row), goods.get(row.order_id), pictures)]));
}

function toReviewView(
	row: ReviewRow,
	content: ReviewContent | undefined,
	goods: OrderedGoods | undefined,
	pictures: Awaited<ReturnType<MediaViews>>,
): ReviewView {
	return {
		orderId: row.order_id as Hex,
		listingId: row.listing_id,
		listingTitle: goods?.title ?? {},
		variant: goods?.variant ?? null,
		author: row.author as Address,
		ofSeller: row.of_seller,
		rating: row.rating,
		text: content?.text ?? '',
		media: (content?.media ?? []).map((cid) => pictures.get(cid) ?? { cid, width: 0, height: 0, alt: null, renditions: [], blur: '' }),
		at: row.at,
		proof: toProof(row),
		reply: replyOf(row),
	};
}

function replyOf(row: ReviewRow): ReviewView['reply'] {
	if (row.reply_body === null) return null;
	const proof = toProof({
		block_number: row.reply_block_number,
		block_hash: row.reply_block_hash,
		transaction_hash: row.reply_transaction_hash,
		log_index: row.reply_log_index,
		at: row.reply_at,
		contract: row.reply_contract,
		event: row.reply_event,
	});
	return { text: (JSON.parse(row.reply_body) as ReplyContent).text, at: row.reply_at, proof };
}
