import { percentile } from '../../src/camera.ts';
import { startEncoder } from '../../src/encoder.ts';
import { expect, test } from '../../src/journey.ts';
import { announceShow, enterRoom, offerLiveKit, PATIENCE, pictureOf, seeMoving } from '../../src/live.ts';
import { openStall } from '../../src/stall.ts';
import { signIn } from '../../src/steps.ts';

// A player that lost patience with its socket asks for the playlist, which need not be there yet.
test.use({ tolerated: [/ERR_CONNECTION_REFUSED|(404|503).*\/hls\//] });

test('a host goes live with a program such as OBS; once the stream key is rotated, who holds the old one sends no more', async ({ extras, meet, words }) => {
	const stall = await openStall(extras);
	const show = await announceShow(stall);
	const [host, obs, viewer] = [await meet(), await meet(), await meet({ size: 'phone' })];
	await host.device.hold(stall.seller);
	await signIn(host.page, words);
	await host.page.goto(show.consolePath);
	await host.page.getByRole('button', { name: words('live_media_go_live_elsewhere') }).click();
	await host.page.getByText(words('console_obs')).click();
	await host.page.getByRole('button', { name: words('console_obs_get') }).click();
	await host.page
		.locator('details', { has: host.page.locator('[data-obs=server]') })
		.getByRole('button', { name: words('console_obs_show') })
		.click();
	const server = await host.page.locator('[data-obs=server]').innerText();
	const key = await host.page.locator('[data-obs=key]').innerText();

	const sentAtMs = Date.now();
	const encoder = await startEncoder(obs.page, server, key);
	const firstFrameMs = await enterRoom(viewer.page, show);
	const { latenciesMs } = await seeMoving(viewer.page, sentAtMs);
	console.log(`by RTMP: first frame ${firstFrameMs} ms, glass to glass p50 ${percentile(latenciesMs, 0.5)} ms, p95 ${percentile(latenciesMs, 0.95)} ms`);
	// A viewer whose way to LiveKit's server is shut.
	const far = await meet();
	const library = await offerLiveKit(far.page);
	await enterRoom(far.page, show);
	await expect.poll(() => library.loaded, 'the library comes with the first show that asks for it').toBe(true);
	await expect.poll(() => library.refused, 'and LiveKit was tried first').toBe(true);
	await far.context.close();
	await expect(pictureOf(host.page), 'the host sees what viewers see').toHaveAttribute('data-state', 'playing', PATIENCE);

	await host.page.getByRole('button', { name: words('console_obs_rotate') }).click();
	await encoder.closed;
	await expect(pictureOf(viewer.page)).toHaveAttribute('data-state', 'away', PATIENCE);
	await expect(host.page.locator('[data-obs=key]')).not.toHaveText(key);
	await expect(startEncoder(await obs.context.newPage(), server, key)).rejects.toThrow();
	const again = await startEncoder(await obs.context.newPage(), server, await host.page.locator('[data-obs=key]').innerText());
	await expect(pictureOf(viewer.page)).toHaveAttribute('data-state', 'playing', PATIENCE);
	again.stop();
});
