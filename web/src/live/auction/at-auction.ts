import { type AuctionReads, type AuctionView, isOnAir, type LiveReads, type ShowCard } from '@kaishi/protocol/live';
import { isAuctionPledge, type ListingView } from '@kaishi/protocol/shop';

/** What a product's page says of pieces that are kept for an auction. Told by the server, so that the page needs none of the script that knows auctions. */
export interface AtAuction {
	/** Offers whose pieces are kept. */
	kept: string[];
	/** Those that are not over. */
	running: AuctionView[];
	/** Where bids are taken: the show on air that has the product, else the next one. */
	show: ShowCard | null;
	/** Whether it is on air now. */
	onAir: boolean;
}

/** Null: nothing of the listing is kept for an auction. */
export async function readAtAuction(reads: { auction: AuctionReads; live: LiveReads }, { id, offers }: ListingView): Promise<AtAuction | null> {
	const kept = offers.filter(({ pledge }) => isAuctionPledge(pledge)).map(({ offerId }) => offerId);
	if (kept.length === 0) return null;
	const showIn = async (status: 'live' | 'upcoming') => (await reads.live.shows({ status, listingId: id, limit: 1 })).items[0] ?? null;
	const [auctions, show] = await Promise.all([reads.auction.auctionsOf(id), showIn('live').then((now) => now ?? showIn('upcoming'))]);
	return { kept, running: auctions.filter(({ status }) => status === 'running'), show, onAir: show !== null && isOnAir(show.status) };
}
