import { percentile, watchGlass } from '../../src/camera.ts';
import { expect, test } from '../../src/journey.ts';
import { announceShow, enterRoom, goLive, pictureOf, studioOf } from '../../src/live.ts';
import { openStall } from '../../src/stall.ts';

// What the host's page asks while there is no network fails, as it must.
test.use({ tolerated: [/ERR_INTERNET_DISCONNECTED|WebSocket connection to .* failed/] });

test('a host loses the network, viewers are told, and the show goes on when it is back; the same after a reload', async ({ extras, meet, words }) => {
	const stall = await openStall(extras);
	const show = await announceShow(stall);
	const [host, viewer] = [await meet(), await meet()];
	await goLive(host, words, stall, show);
	await enterRoom(viewer.page, show);

	await host.context.setOffline(true);
	await expect(studioOf(host.page)).toHaveAttribute('data-link', 'reconnecting');
	await expect(pictureOf(viewer.page)).toHaveAttribute('data-state', 'away');
	await host.context.setOffline(false);
	await expect(studioOf(host.page)).toHaveAttribute('data-link', 'live');
	await expect(pictureOf(viewer.page)).toHaveAttribute('data-state', 'playing');
	const back = await watchGlass(viewer.page, 2000);
	expect(back.latenciesMs.length, 'the picture moves again').toBeGreaterThan(5);
	expect(percentile(back.latenciesMs, 0.5), 'and it is the present one').toBeLessThan(3000);

	await host.page.reload();
	await expect(pictureOf(viewer.page)).toHaveAttribute('data-state', 'away');
	await host.page.getByRole('button', { name: words('live_media_rehearse') }).click();
	await host.page.getByRole('button', { name: words('live_media_return') }).click();
	await expect(pictureOf(viewer.page)).toHaveAttribute('data-state', 'playing');
	const again = await watchGlass(viewer.page, 2000);
	expect(again.latenciesMs.length, 'after the reload, too').toBeGreaterThan(5);

	await host.page.getByRole('button', { name: words('console_end') }).click();
	const sheet = host.page.getByRole('dialog');
	await sheet.locator('input[name=sure]').check();
	await sheet.getByRole('button', { name: words('console_end_now') }).click();
	await expect(pictureOf(viewer.page), 'what was recorded takes the place of the show').toHaveAttribute('data-recorded', 'true');
	await expect(pictureOf(viewer.page)).toHaveAttribute('data-state', 'playing');
});
