import type { AuctionReads, AuctionView, LiveReads, ShowCard } from '@kaishi/protocol/live';
import { isAuctionPledge, type ListingView } from '@kaishi/protocol/shop';

/** What a product's page says of pieces that are kept for an auction. */
export interface AtAuction {
	/** Those that are not over. */
	running: AuctionView[];
	/** Where bids are taken: the show on air that has the product, else the next one. */
	show: ShowCard | null;
}

/** Null: nothing of the listing is kept for an auction. */
export async function readAtAuction(reads: { auction: AuctionReads; live: LiveReads }, { id, offers }: ListingView): Promise<AtAuction | null> {
	if (!offers.some(({ pledge }) => isAuctionPledge(pledge))) return null;
	const showIn = async (status: 'live' | 'upcoming') => (await reads.live.shows({ status, listingId: id, limit: 1 })).items[0] ?? null;
	const [auctions, show] = await Promise.all([reads.auction.auctionsOf(id), showIn('live').then((onAir) => onAir ?? showIn('upcoming'))]);
	return { running: auctions.filter(({ status }) => status === 'running'), show };
}
