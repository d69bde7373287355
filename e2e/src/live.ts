import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import type { PlaySource, PlayTicket, ShowView } from '@kaishi/protocol/live';
import { expect, type Locator, type Page } from '@playwright/test';
import { type Glass, giveClockCamera, watchGlass } from './camera.ts';
import type { Person } from './journey.ts';
import type { Stall } from './stall.ts';
import { signIn } from './steps.ts';

/** A show that is announced, with the stall's product in its bag. */
export interface AnnouncedShow {
	id: string;
	/** Where people watch. */
	roomPath: string;
	/** Where the host works. */
	consolePath: string;
}

export async function announceShow(stall: Stall): Promise<AnnouncedShow> {
	const { id } = await stall.seller.client.post<ShowView>('/api/live/shows', {
		shopId: stall.shopId.toString(),
		title: { en: 'Tea of the morning', 'zh-CN': '清晨的茶' },
		scheduledAt: (await stall.seller.client.now()) + 3600,
		bag: [stall.listingId.toString()],
	});
	return { id, roomPath: `/live/${id}`, consolePath: `/sell/${stall.slug}/live/${id}` };
}

/** The part of the console that films. */
export const studioOf = (page: Page): Locator => page.locator('[data-studio]');
/** The picture people watch, on any page. */
export const pictureOf = (page: Page): Locator => page.locator('[data-live-player]');

/** Signs the stall's seller in, opens the console with a camera that films a clock, rehearses and goes live. */
export async function goLive(host: Person, stall: Stall, show: AnnouncedShow): Promise<void> {
	const { words } = host;
	await giveClockCamera(host.context);
	await host.device.hold(stall.seller);
	await signIn(host.page, words);
	await host.page.goto(show.consolePath);
	await host.page.getByRole('button', { name: words('live_media_rehearse') }).click();
	await expect(studioOf(host.page)).toHaveAttribute('data-picture', 'camera');
	await host.page.getByRole('button', { name: words('live_media_go_live') }).click();
	await expect(studioOf(host.page)).toHaveAttribute('data-link', 'live', PATIENCE);
}

/** Frames that show that a picture moves. */
const FRAMES = 20;
/** For a machine that has better things to do; nothing is said of how quick one is. */
const LONG_MS = 45_000;
/** The server takes a silent host for gone after ten seconds, and pages come back in steps of a few. */
export const PATIENCE = { timeout: 60_000 };

/** Sees what was filmed after `sinceMs` move, most of it readable. Throws when it does not come. */
export async function seeMoving(page: Page, sinceMs: number): Promise<Glass> {
	const glass = await watchGlass(page, LONG_MS, { frames: FRAMES, sinceMs });
	expect(glass.fresh, 'frames of the present').toBeGreaterThanOrEqual(FRAMES);
	expect(glass.unreadable, 'frames that are not the camera’s').toBeLessThan(glass.latenciesMs.length);
	return glass;
}

/** Has the market say that a LiveKit server carries the show, where none listens; what it says of other ways stays. */
export async function offerLiveKit(page: Page): Promise<{ loaded: boolean; refused: boolean }> {
	const { port } = await new Promise<AddressInfo>((resolve) => {
		const server = createServer().listen(0, '127.0.0.1', () => {
			const address = server.address() as AddressInfo;
			server.close(() => resolve(address));
		});
	});
	const url = `ws://127.0.0.1:${port}`;
	const seen = { loaded: false, refused: false };
	page.on('response', async (response) => {
		// a name that only the library itself knows
		if (response.url().endsWith('.js') && (await response.text().catch(() => '')).includes('livekit.SignalRequest')) seen.loaded = true;
	});
	page.on('console', (message) => {
		if (message.text().includes(`127.0.0.1:${port}`)) seen.refused = true;
	});
	// A market that names such a server lets its pages talk to it; this one names none.
	const devtools = await page.context().newCDPSession(page);
	await devtools.send('Page.setBypassCSP', { enabled: true });
	await page.route('**/play-ticket', async (route) => {
		const response = await route.fetch();
		const { sources, ...ticket } = (await response.json()) as PlayTicket;
		const first: PlaySource = { kind: 'livekit', url, ticket: 'of-no-use', expectedLatencyMs: 200 };
		await route.fulfill({ response, json: { ...ticket, sources: [first, ...sources] } });
	});
	return seen;
}

/** Opens the room and waits for its first picture; resolves to how long that took, ms. */
export async function enterRoom(page: Page, show: AnnouncedShow): Promise<number> {
	await page.goto(show.roomPath);
	await expect(pictureOf(page)).toHaveAttribute('data-state', 'playing', PATIENCE);
	return Number(await pictureOf(page).getAttribute('data-first-frame-ms'));
}
