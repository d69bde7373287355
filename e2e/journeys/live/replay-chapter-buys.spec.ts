import type { ShowView } from '@kaishi/protocol/live';
import { expect, test } from '../../src/journey.ts';
import { announceShow, goLive, pictureOf } from '../../src/live.ts';
import { openStall } from '../../src/stall.ts';
import { fillAddress, signIn } from '../../src/steps.ts';

/** How long something is shown. */
const SHOWN_MS = 3000;

test('who missed a show watches it again, goes to where a product was shown, and buys it at today’s terms', async ({ extras, meet, words }) => {
	test.setTimeout(120_000);
	const stall = await openStall(extras);
	const show = await announceShow(stall);
	const [host, late] = [await meet(), await meet()];
	await goLive(host, words, stall, show);
	const { client } = stall.seller;
	await host.page.waitForTimeout(SHOWN_MS);
	await client.put(`/api/live/${show.id}/pin`, { listingId: stall.listingId.toString() });
	await host.page.waitForTimeout(SHOWN_MS);
	await client.post(`/api/live/${show.id}/end`);
	await expect.poll(async () => (await client.get<ShowView>(`/api/live/${show.id}`)).replay?.chapters.length, { timeout: 15_000 }).toBe(1);

	await late.device.hold(await extras.passkeyUser());
	await signIn(late.page, words);
	await late.page.goto('/live');
	await late.page.getByRole('link', { name: /Tea of the morning|清晨的茶/ }).click();
	await late.page.waitForURL(/\/live\/[0-9a-f]{16}$/);
	await expect(pictureOf(late.page)).toHaveAttribute('data-state', 'playing');
	await expect(late.page.getByTestId('pinned')).toHaveCount(0);
	const chapters = late.page.getByRole('region', { name: words('live_chapters') }).getByRole('button');
	await expect(chapters).toHaveCount(1);
	await chapters.click();
	await expect(chapters).toHaveAttribute('aria-current', 'true');
	const position = () => late.page.evaluate(() => document.querySelector<HTMLVideoElement>('[data-live-player] video')?.currentTime ?? 0);
	expect(await position()).toBeGreaterThan(1);
	await expect.poll(position).toBeGreaterThan(SHOWN_MS / 1000 + 0.5);

	await late.page.getByTestId('pinned').getByRole('button').click();
	await fillAddress(late.page, words);
	const slide = late.page.getByTestId('slide-to-pay');
	await slide.click();
	await slide.click();
	await expect(late.page.getByText(words('live_paid'))).toBeVisible({ timeout: 20_000 });
	await expect(late.page.getByRole('dialog')).toHaveCount(0);
	expect((await client.get<{ sold: number }>(`/api/listings/${stall.listingId}`)).sold).toBe(1);
});
