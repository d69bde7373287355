import type { BagItem, ShowView } from '@kaishi/protocol/live';
import { expect, test } from '../../src/journey.ts';
import { openStall } from '../../src/stall.ts';
import { agree, buy, buyButton, payButton, signIn, startOf } from '../../src/steps.ts';

// Refusals are answers; and nobody sends a picture here, so there is none to load.
test.use({ tolerated: [/404.*\/hls\/|(409 \(Conflict\)|422|400).*\/api\//] });

test('a host announces a show, opens a flash deal in it and sees it sell out; nobody gets more than their part, and it ends for good', async ({
	extras,
	meet,
	words,
	market,
}) => {
	const stall = await openStall(extras, { stock: 9 });
	const host = await meet();
	await host.device.hold(stall.seller);
	await signIn(host.page, words);
	const live = `/sell/${stall.slug}/live`;
	await host.page.goto(`${live}/new`);
	await host.page.getByLabel(startOf(words('console_title'))).fill('Tea tonight');
	await host.page.getByRole('button', { name: /Spring tea|明前龙井/ }).click();
	await host.page.getByRole('button', { name: words('console_schedule') }).click();
	await host.page.waitForURL(/\/live\/[0-9a-f]{16}$/);
	const showId = host.page.url().slice(-16);
	const show = await stall.seller.client.get<ShowView>(`/api/live/${showId}`);
	expect(show.bag.map(({ listing }) => listing.id)).toEqual([stall.listingId.toString()]);
	// Somebody's encoder sends the picture; that is another journey.
	await stall.seller.client.post(`/api/live/${showId}/start`);

	// Somebody watches before there is any deal: it comes into the room by itself.
	const viewer = await meet({ size: 'phone' });
	await viewer.page.goto(`/live/${showId}`);
	const pinned = viewer.page.getByTestId('pinned');

	const row = host.page.locator(`[data-listing="${stall.listingId}"]`);
	await row.getByRole('button', { name: words('console_deal_open') }).click();
	const sheet = host.page.getByRole('dialog');
	await sheet.locator('input[name=price]').fill('30');
	await sheet.locator('input[name=pieces]').fill('2');
	await sheet.getByRole('button', { name: words('console_deal_start') }).click();
	await expect(sheet.getByText(words('console_deal_price_high'))).toBeVisible();
	await sheet.locator('input[name=price]').fill('9');
	await sheet.getByRole('button', { name: words('console_deal_start') }).click();
	await agree(host.page, words('console_deal_start'));
	await expect(row.getByTestId('deal-left')).toContainText('2');
	await expect(row.getByRole('button', { name: words('console_unpin') })).toBeVisible();

	await expect(pinned).toContainText('9.00');
	await expect(pinned.getByTestId('left')).toContainText('2');

	const dealOf = async () => (await stall.seller.client.get<BagItem[]>(`/api/live/${showId}/bag`))[0]?.offers[0]?.deal;
	const deal = await dealOf();
	if (!deal) throw new Error('no deal in the bag');
	const productPath = `/p/${deal.listingId}`;
	const [first, second, late] = [await meet({ size: 'desktop' }), await meet({ size: 'phone' }), await meet({ size: 'phone' })];
	for (const { page, device, words } of [first, second]) {
		await device.hold(await extras.passkeyUser());
		await signIn(page, words);
	}
	await buy(first.page, first.words, productPath);
	await expect(row.getByTestId('deal-left')).toContainText('1');

	// The same person again: the contract says no, and nothing is paid.
	await first.page.goto(productPath);
	await buyButton(first.page, first.words).click();
	await payButton(first.page, first.words).click();
	await expect(first.page.getByText(first.words('errors_Catalog_OverLimit'))).toBeVisible();

	await late.page.goto(productPath);
	await expect(late.page.locator('[data-deal]')).toBeVisible();
	await buy(second.page, second.words, productPath);
	await expect(row.getByTestId('deal-left')).toContainText('0');
	// Sold out, the room shows the product as it is sold otherwise.
	await expect(pinned).toContainText('25.00');
	// With a crowd before it, a product's page asks again at its leisure.
	await expect(late.page.getByText(late.words('shop_sold_out_title')).first()).toBeVisible();
	await expect(buyButton(late.page, late.words)).toHaveCount(0);

	// What it took from the shelf is sold, the rest of the shelf is as it was; and it is over for good.
	await market.ask.advance(200);
	await late.page.goto(productPath);
	await expect(late.page.getByText(late.words('console_deal_over')).first()).toBeVisible();
	const { stock } = await stall.seller.client.get<{ stock: number }>(`/api/listings/${stall.listingId}`);
	expect(stock).toBe(7);

	await host.page.getByRole('button', { name: words('console_end') }).click();
	await expect(host.page.getByRole('dialog').getByRole('button', { name: words('console_end_now') })).toBeDisabled();
	await host.page.getByRole('dialog').locator('input[name=sure]').check();
	await host.page
		.getByRole('dialog')
		.getByRole('button', { name: words('console_end_now') })
		.click();
	await expect(host.page.getByRole('heading', { name: words('console_report') })).toBeVisible();
});
