import type { PinView, ShowState } from '@kaishi/protocol/live';
import type { PinRow, ShowRow } from './query.ts';

export const toState = (row: ShowRow): ShowState => ({
	id: row.show_id,
	status: row.status,
	title: row.title,
	host: row.host,
	scheduledAt: row.scheduled_at,
	startedAt: row.started_at,
	endedAt: row.ended_at,
});

export const toPinView = ({ listing_id, since, deal_offer_id, auction_id }: PinRow): PinView => ({
	listingId: listing_id,
	since,
	dealOfferId: deal_offer_id,
	auctionId: auction_id,
});
