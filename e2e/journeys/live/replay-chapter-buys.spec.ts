import type { ShowView, StreamHealth } from '@kaishi/protocol/live';
import { expect, test } from '../../src/journey.ts';
import { announceShow, goLive, PATIENCE, pictureOf } from '../../src/live.ts';
import { openStall } from '../../src/stall.ts';
import { fillAddress, signIn } from '../../src/steps.ts';

// A player that lost patience with its socket asks for the playlist, which need not be there yet.
test.use({ tolerated: [/(404|503).*\/hls\//] });

/** How long something is shown. */
const SHOWN_MS = 2000;

test('who missed a show watches it again, goes to where a product was shown, and buys it at today’s terms', async ({ extras, meet }) => {
	const stall = await openStall(extras);
	const show = await announceShow(stall);
	const [host, late] = [await meet(), await meet({ size: 'phone' })];
	const { words } = late;
	await goLive(host, stall, show);
	const { client } = stall.seller;
	// Something is shown for a while, counted from its first picture.
	await expect.poll(async () => (await client.get<StreamHealth>(`/api/live/${show.id}/health`)).kbps, PATIENCE).toBeGreaterThan(0);
	await host.page.waitForTimeout(SHOWN_MS);
	await client.put(`/api/live/${show.id}/pin`, { listingId: stall.listingId.toString() });
	await host.page.waitForTimeout(SHOWN_MS);
	await client.post(`/api/live/${show.id}/end`);
	const chaptersNow = async () => (await client.get<ShowView>(`/api/live/${show.id}`)).replay?.chapters ?? [];
	await expect.poll(async () => (await chaptersNow()).length, PATIENCE).toBe(1);
	const chapterAt = ((await chaptersNow())[0]?.atMs ?? 0) / 1000;
	expect(chapterAt, 'the product came later than the show').toBeGreaterThan(1);

	await late.device.hold(await extras.passkeyUser());
	await signIn(late.page, words);
	await late.page.goto('/live');
	await late.page
		.getByRole('link', { name: /Tea of the morning|清晨的茶/ })
		.and(late.page.locator(`[href="${show.roomPath}"]`))
		.click();
	await late.page.waitForURL(/\/live\/[0-9a-f]{16}$/);
	await expect(pictureOf(late.page)).toHaveAttribute('data-state', 'playing', PATIENCE);
	// Before the product's turn there is nothing to buy; the picture goes on meanwhile, so look again from the beginning.
	await expect(async () => {
		await late.page.getByRole('slider', { name: words('live_media_seek') }).fill('0');
		await expect(late.page.getByTestId('pinned')).toHaveCount(0, { timeout: 1000 });
	}).toPass();
	const chapters = late.page.getByRole('region', { name: words('live_chapters') }).getByRole('button');
	await expect(chapters).toHaveCount(1);
	await chapters.click();
	await expect(chapters).toHaveAttribute('aria-current', 'true');
	const position = () => late.page.evaluate(() => document.querySelector<HTMLVideoElement>('[data-live-player] video')?.currentTime ?? 0);
	await expect.poll(position, 'it plays on from there').toBeGreaterThan(chapterAt + 0.5);

	await late.page.getByTestId('pinned').getByRole('button').click();
	await fillAddress(late.page, words);
	const slide = late.page.getByTestId('slide-to-pay');
	await slide.click();
	await slide.click();
	await expect(late.page.getByText(words('live_paid'))).toBeVisible();
	await expect(late.page.getByRole('dialog')).toHaveCount(0);
	expect((await client.get<{ sold: number }>(`/api/listings/${stall.listingId}`)).sold).toBe(1);
});
