import type { AuctionView, ShowView } from '@kaishi/protocol/live';
import { expect, type Person, test } from '../../src/journey.ts';
import { openStall } from '../../src/stall.ts';
import { agree, dismiss, fillAddress, signIn, startOf } from '../../src/steps.ts';

// Refusals are answers.
// Nobody sends a picture here: there is no playlist.
test.use({ tolerated: [/(409 \(Conflict\)|422|400).*\/api\/|404 \(Not Found\).*\/hls\//] });

test('a host puts one piece up in a show; two people bid with one tap each, a late bid sets the clock back, and the winner’s order stands by itself', async ({
	extras,
	meet,
	words,
	market,
}) => {
	const stall = await openStall(extras, { stock: 3 });
	const host = await meet();
	await host.device.hold(stall.seller);
	await signIn(host.page, words);
	const body = {
		shopId: stall.shopId.toString(),
		title: { en: 'Tea tonight' },
		scheduledAt: (await stall.seller.client.now()) + 60,
		bag: [stall.listingId.toString()],
	};
	const show = await stall.seller.client.post<ShowView>('/api/live/shows', body);
	// Somebody's encoder sends the picture; that is another journey.
	await stall.seller.client.post(`/api/live/${show.id}/start`);

	await host.page.goto(`/sell/${stall.slug}/live/${show.id}`);
	const row = host.page.locator(`[data-listing="${stall.listingId}"]`);
	await row.getByRole('button', { name: words('live_auction_start'), exact: true }).click();
	const sheet = host.page.getByRole('dialog');
	await sheet.locator('input[name=price]').fill('10');
	await sheet.locator('input[name=step]').fill('1');
	await sheet.locator('select[name=minutes]').selectOption('5');
	await sheet.getByRole('button', { name: words('live_auction_start_title') }).click();
	await agree(host.page, startOf(words('live_auction_start_confirm')));
	await expect(row.getByRole('button', { name: words('console_unpin') })).toBeVisible();
	const auctionNow = async () => {
		const [auction] = await stall.seller.client.get<AuctionView[]>(`/api/auctions?listing=${stall.listingId}`);
		if (!auction) throw new Error('no auction');
		return auction;
	};
	const { endsAt } = await auctionNow();

	// The first of them is the next step, the other a limit of one's own.
	const bidButton = ({ page, words }: Person) =>
		page
			.getByTestId('auction')
			.getByRole('button', { name: startOf(words('live_auction_bid')) })
			.first();
	const againButton = ({ page, words }: Person) => page.getByTestId('auction').getByRole('button', { name: startOf(words('live_auction_again')) });
	const bidders = [await meet({ size: 'phone' }), await meet({ size: 'desktop' })];
	for (const person of bidders) {
		const { page, device, words } = person;
		await device.hold(await extras.passkeyUser());
		await signIn(page, words);
		// A product's page knows that its piece is at auction, and where.
		await page.goto(`/p/${stall.listingId}`);
		await expect(page.getByTestId('at-auction')).toBeVisible();
		await page.getByRole('link', { name: words('operator_kept_auction_bid') }).click();
		await page.waitForURL(`**/live/${show.id}`);
		await expect(page.getByTestId('auction')).toHaveAttribute('data-phase', 'live');
		// Once: an address, and money for bids.
		await bidButton(person).click();
		const form = page.getByTestId('bid-sheet');
		await fillAddress(page, words);
		await form.locator('input[name=aside]').fill('80');
		await page
			.getByRole('dialog')
			.getByRole('button', { name: startOf(words('live_auction_purse_confirm')) })
			.click();
		await agree(page, startOf(words('live_auction_purse_confirm')));
		await expect(form.locator('input[name=bid]')).toBeVisible();
		await dismiss(page);
	}
	const [one, two] = bidders;
	if (!one || !two) throw new Error('nobody came');
	const [ann, bob] = [one.page, two.page];

	// One tap each.
	await bidButton(one).click();
	await expect(ann.getByTestId('auction-leads')).toBeVisible();
	await bidButton(two).click();
	await expect(bob.getByTestId('auction-leads')).toBeVisible();
	await expect(ann.getByTestId('auction-outbid')).toBeVisible();
	expect((await auctionNow()).endsAt).toBe(endsAt);

	// A moment before the end: the clock is set back for everybody.
	// Pages know how far the chain's clock is from theirs when they are opened; it does not jump but here.
	const untilEnd = async () => endsAt - (await stall.seller.client.now());
	await market.ask.advance((await untilEnd()) - 50);
	await Promise.all([ann.reload(), bob.reload()]);
	await expect(againButton(one)).toBeVisible();
	await market.ask.advance((await untilEnd()) - 9);
	await againButton(one).click();
	await expect(ann.getByTestId('auction-leads')).toBeVisible();
	await expect(bob.getByTestId('auction-outbid')).toBeVisible();
	const late = await auctionNow();
	expect(late.endsAt).toBeGreaterThan(endsAt);

	await market.ask.advance(11);
	await expect(ann.getByTestId('auction')).toHaveAttribute('data-phase', 'sold');
	await ann.getByRole('link', { name: one.words('live_auction_toOrder') }).click();
	await ann.waitForURL(/\/orders\/0x/);
	await expect(bob.getByTestId('auction')).toHaveAttribute('data-phase', 'sold');
	const sold = await auctionNow();
	expect(sold).toMatchObject({ status: 'sold', bids: 3 });
	expect(sold.orderId && ann.url().includes(sold.orderId)).toBe(true);
	// The seller reads where to send it.
	await host.page.goto(`/orders/${sold.orderId}`);
	await expect(host.page.getByText('林悦')).toBeVisible();
});
