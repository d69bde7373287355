import { expect, test } from '../../src/journey.ts';
import { announceShow, enterRoom, goLive, PATIENCE, pictureOf, seeMoving, studioOf } from '../../src/live.ts';
import { openStall } from '../../src/stall.ts';

// What the host's page asks while there is no network fails, as it must;
// and a player that lost patience with its socket asks for the playlist, which need not be there yet.
test.use({ tolerated: [/ERR_INTERNET_DISCONNECTED|WebSocket connection to .* failed|(404|503).*\/hls\//] });

test('a host loses the network, viewers are told, and the show goes on when it is back; the same after a reload', async ({ extras, meet }) => {
	const stall = await openStall(extras);
	const show = await announceShow(stall);
	const [host, viewer] = [await meet(), await meet({ size: 'phone' })];
	const { words } = host;
	await goLive(host, stall, show);
	await enterRoom(viewer.page, show);

	await host.context.setOffline(true);
	await expect(studioOf(host.page)).toHaveAttribute('data-link', 'reconnecting', PATIENCE);
	await expect(pictureOf(viewer.page)).toHaveAttribute('data-state', 'away', PATIENCE);
	const backAtMs = Date.now();
	await host.context.setOffline(false);
	await expect(studioOf(host.page)).toHaveAttribute('data-link', 'live', PATIENCE);
	await expect(pictureOf(viewer.page)).toHaveAttribute('data-state', 'playing', PATIENCE);
	await seeMoving(viewer.page, backAtMs);

	const reloadedAtMs = Date.now();
	await host.page.reload();
	await expect(pictureOf(viewer.page)).toHaveAttribute('data-state', 'away', PATIENCE);
	await host.page.getByRole('button', { name: words('live_media_rehearse') }).click();
	await host.page.getByRole('button', { name: words('live_media_return') }).click();
	await expect(pictureOf(viewer.page)).toHaveAttribute('data-state', 'playing', PATIENCE);
	await seeMoving(viewer.page, reloadedAtMs);

	await host.page.getByRole('button', { name: words('console_end') }).click();
	const sheet = host.page.getByRole('dialog');
	await sheet.locator('input[name=sure]').check();
	await sheet.getByRole('button', { name: words('console_end_now') }).click();
	await expect(pictureOf(viewer.page), 'what was recorded takes the place of the show').toHaveAttribute('data-recorded', 'true', PATIENCE);
	await expect(pictureOf(viewer.page)).toHaveAttribute('data-state', 'playing', PATIENCE);
});
