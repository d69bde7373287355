import type { AuctionReads, AuctionView, LiveReads, ShowCard, ShowFilter } from '@kaishi/protocol/live';
import { AUCTION_HOUSE, type ListingView } from '@kaishi/protocol/shop';
import { expect, test } from 'vitest';
import { readAtAuction } from './at-auction.ts';

const listing = (operatorId: number) =>
	({
		id: '7',
		offers: [
			{ offerId: '70', pledge: null },
			{ offerId: '71', pledge: { operatorId, until: 1 } },
		],
	}) as unknown as ListingView;
const shows = (found: Partial<Record<ShowFilter['status'], string>>) => {
	const asked: ShowFilter[] = [];
	const live = {
		async shows(filter: ShowFilter) {
			asked.push(filter);
			const id = found[filter.status];
			return { items: id === undefined ? [] : [{ id, status: filter.status } as ShowCard], next: null };
		},
	} as unknown as LiveReads;
	return { live, asked };
};
const auction = {
	auctionsOf: async () => [
		{ id: '3', status: 'running' },
		{ id: '2', status: 'sold' },
	],
} as unknown as AuctionReads;

test('default: the auctions that run, and the show on air that has the product', async () => {
	const { live, asked } = shows({ live: 'now', upcoming: 'later' });
	const found = await readAtAuction({ auction, live }, listing(AUCTION_HOUSE));
	expect(found?.running.map(({ id }: AuctionView) => id)).toEqual(['3']);
	expect(found?.kept).toEqual(['71']);
	expect(found?.show?.id).toBe('now');
	expect(found?.onAir).toBe(true);
	expect(asked).toEqual([{ status: 'live', listingId: '7', limit: 1 }]);
});

test('behavior: the next show while none is on air, or none', async () => {
	expect(await readAtAuction({ auction, live: shows({ upcoming: 'later' }).live }, listing(AUCTION_HOUSE))).toMatchObject({
		show: { id: 'later' },
		onAir: false,
	});
	expect(await readAtAuction({ auction, live: shows({}).live }, listing(AUCTION_HOUSE))).toMatchObject({ show: null, onAir: false });
});

test('behavior: what is kept for a flash sale is not at auction, and nobody is asked', async () => {
	const { live, asked } = shows({ live: 'now' });
	expect(await readAtAuction({ auction, live }, listing(1))).toBeNull();
	expect(asked).toEqual([]);
});
