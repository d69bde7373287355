import { percentile } from '../../src/camera.ts';
import { expect, test } from '../../src/journey.ts';
import { announceShow, enterRoom, goLive, PATIENCE, seeMoving } from '../../src/live.ts';
import { openStall } from '../../src/stall.ts';
import { fillAddress, signIn } from '../../src/steps.ts';

// A player that lost patience with its socket asks for the playlist, which need not be there yet.
test.use({ tolerated: [/(404|503).*\/hls\//] });

test('a host goes live from a browser; people on a phone and at a desktop see the picture, and one buys what is pinned without leaving it', async ({
	extras,
	meet,
	words,
}) => {
	const stall = await openStall(extras);
	const show = await announceShow(stall);
	const [host, buyer, guest] = [await meet(), await meet({ size: 'phone' }), await meet({ size: 'desktop' })];
	await buyer.device.hold(await extras.passkeyUser());
	await signIn(buyer.page, buyer.words);
	await goLive(host, stall, show);

	for (const { page } of [buyer, guest]) {
		const cameAtMs = Date.now();
		const firstFrameMs = await enterRoom(page, show);
		const { latenciesMs } = await seeMoving(page, cameAtMs);
		console.log(`first frame ${firstFrameMs} ms, glass to glass p50 ${percentile(latenciesMs, 0.5)} ms, p95 ${percentile(latenciesMs, 0.95)} ms`);
	}
	await expect(host.page.locator('[data-stream-health]')).toContainText('2');

	const pinned = buyer.page.getByTestId('pinned');
	const seenAt = buyer.page.evaluate(
		() =>
			new Promise<number>((resolve) => {
				const watcher = new MutationObserver(() => {
					if (!document.querySelector('[data-testid=pinned]')) return;
					watcher.disconnect();
					resolve(Date.now());
				});
				watcher.observe(document.body, { subtree: true, childList: true });
			}),
	);
	const pin = host.page.locator(`[data-listing="${stall.listingId}"]`).getByRole('button', { name: words('console_pin') });
	await pin.evaluate((button) => button.addEventListener('click', () => Object.assign(window, { pinnedAt: Date.now() }), { capture: true }));
	await pin.click();
	await expect(pinned).toBeVisible();
	console.log(`pin seen after ${(await seenAt) - (await host.page.evaluate(() => (window as unknown as { pinnedAt: number }).pinnedAt))} ms`);

	await pinned.getByRole('button').click();
	await fillAddress(buyer.page, buyer.words);
	const slide = buyer.page.getByTestId('slide-to-pay');
	await slide.click();
	await slide.click();
	const paidAt = Date.now();
	await expect(host.page.locator('[data-orders] a')).toHaveCount(1, PATIENCE);
	console.log(`order with the host ${Date.now() - paidAt} ms after paying began`);
	await expect(buyer.page.getByRole('dialog')).toHaveCount(0);
	await seeMoving(buyer.page, paidAt);
});
